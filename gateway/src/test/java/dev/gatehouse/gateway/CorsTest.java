package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Cors;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String BACKEND =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nAccess-Control-Allow-Origin: *\r\n"
          + "Access-Control-Max-Age: 9\r\n";

  private static Cors cors(String... origins) {
    return new Cors(
        null, List.of("x-a", "x-b"), List.of("GET", "POST"), List.of(origins), List.of("x-e"), 300);
  }

  private static RunningGateway serving(Backends backend, Cors cors) throws Exception {
    return RunningGateway.serving(new Definitions().cors(cors).http("GET /x", backend.url()));
  }

  @Test
  void preflightIsAnsweredByTheGateway() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway = serving(backend, cors("https://a.com"))) {
      String answer =
          gateway.exchange(
              "OPTIONS /x", "Origin: https://a.com", "Access-Control-Request-Method: GET");
      assertThat(answer)
          .startsWith("HTTP/1.1 204 No Content")
          .containsIgnoringCase("access-control-allow-origin: https://a.com")
          .containsIgnoringCase("access-control-allow-methods: GET,POST")
          .containsIgnoringCase("access-control-allow-headers: x-a,x-b")
          .containsIgnoringCase("access-control-max-age: 300")
          .endsWith("\r\n\r\n");
      assertThat(
              gateway.exchange(
                  "OPTIONS /x", "Origin: https://b.com", "Access-Control-Request-Method: GET"))
          .startsWith("HTTP/1.1 204")
          .doesNotContainIgnoringCase("access-control-");
      assertThat(gateway.exchange("OPTIONS /x")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void theBackendsHeadersAreReplaced() throws Exception {
    try (Backends backend = Backends.answering(BACKEND, "ok");
        RunningGateway gateway = serving(backend, cors("https://a.com"))) {
      assertThat(gateway.exchange("GET /x", "Origin: https://a.com"))
          .containsIgnoringCase("access-control-allow-origin: https://a.com")
          .containsIgnoringCase("access-control-expose-headers: x-e")
          .containsIgnoringCase("vary: Origin")
          .doesNotContain("*")
          .doesNotContainIgnoringCase("max-age");
      assertThat(gateway.exchange("GET /x")).doesNotContainIgnoringCase("access-control-");
    }
  }

  @Test
  void failuresCarryTheHeadersToo() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway = serving(backend, cors("*"))) {
      assertThat(gateway.exchange("GET /none", "Origin: https://z"))
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("access-control-allow-origin: *");
    }
  }

  @Test
  void withoutAConfigurationTheBackendsHeadersPass() throws Exception {
    try (Backends backend = Backends.answering(BACKEND, "ok");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /x"))
          .containsIgnoringCase("access-control-allow-origin: *")
          .containsIgnoringCase("access-control-max-age: 9");
    }
  }

  @Test
  void varyNamesTheOriginOnce() throws Exception {
    String varying = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nVary: Accept, origin\r\n";
    try (Backends backend = Backends.answering(varying, "ok");
        RunningGateway gateway = serving(backend, cors("https://a.com"))) {
      assertThat(gateway.exchange("GET /x", "Origin: https://a.com"))
          .contains("Vary: Accept, origin\r\n")
          .doesNotContain("vary: Origin");
    }
  }
}
