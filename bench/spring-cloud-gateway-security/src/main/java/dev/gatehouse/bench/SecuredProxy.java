package dev.gatehouse.bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Spring Cloud Gateway behind the security filter that Spring Boot sets up by itself: every request needs a token
 * of the issuer and the audience in {@code application.yml}.
 */
@SpringBootApplication
public class SecuredProxy {
  public static void main(String[] args) {
    SpringApplication.run(SecuredProxy.class, args);
  }
}
