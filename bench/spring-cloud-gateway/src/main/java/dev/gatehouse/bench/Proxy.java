package dev.gatehouse.bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway with the single route of {@code application.yml}. */
@SpringBootApplication
public class Proxy {
  public static void main(String[] args) {
    SpringApplication.run(Proxy.class, args);
  }
}
