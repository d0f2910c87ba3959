package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What browsers are told; the backend always allows any origin itself. */
class CorsIT {
  private static final String ONE_ORIGIN =
      "{\"allowOrigins\":[\"https://a.com\"],\"allowMethods\":[\"GET\"]}";

  /** What a test asks of an API. */
  private interface Questions {
    void ask(HttpApi api, Backend backend) throws Exception;
  }

  private static void withCors(String configuration, Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start(CorsIT::allowAny);
          HttpApi api = HttpApi.create(gw)) {
        if (!configuration.isEmpty()) {
          String json = "{\"corsConfiguration\":" + configuration + "}";
          assertThat(gw.control().patch(api.path(""), json).status()).isEqualTo(200);
        }
        api.routes(api.url(backend.url()), "GET /x");
        questions.ask(api.serve(), backend);
      }
    });
  }

  private static void allowAny(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    Backend.text(exchange, 200, "ok");
  }

  private static void assertNoCors(Reply reply) {
    assertThat(reply.lines())
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  @Test
  @Vector({"H71", "H72", "H73"})
  void aPreflightIsAnsweredByTheGateway() throws Exception {
    withCors(
        ONE_ORIGIN,
        (api, backend) -> {
          String method = "Access-Control-Request-Method: GET";
          Reply allowed = api.send("OPTIONS", "/x", "", "Origin: https://a.com", method);
          assertThat(allowed.status()).isEqualTo(204);
          assertThat(allowed.body()).isEmpty();
          assertThat(allowed.headers("access-control-allow-origin"))
              .containsExactly("https://a.com");
          assertThat(allowed.headers("access-control-allow-methods")).containsExactly("GET");

          Reply other = api.send("OPTIONS", "/x", "", "Origin: https://b.com", method);
          assertThat(other.status()).isEqualTo(204);
          assertNoCors(other);

          Reply ordinary = api.send("OPTIONS", "/x", "");
          assertThat(ordinary.status()).isEqualTo(404);
          assertThat(backend.idle()).isTrue();
        });
  }

  @Test
  @Vector({"H74", "H75"})
  void theBackendsHeadersAreReplaced() throws Exception {
    withCors(
        ONE_ORIGIN,
        (api, backend) -> {
          Reply allowed = api.get("/x", "Origin: https://a.com");
          assertThat(allowed.status()).isEqualTo(200);
          assertThat(allowed.headers("access-control-allow-origin"))
              .containsExactly("https://a.com");
          assertNoCors(api.get("/x"));
          Reply other = api.get("/x", "Origin: https://b.com");
          assertThat(other.status()).isEqualTo(200);
          assertNoCors(other);
        });
  }

  @Test
  @Vector("H78")
  void anyOriginIsAStar() throws Exception {
    withCors(
        "{\"allowOrigins\":[\"*\"]}",
        (api, backend) ->
            assertThat(api.get("/x", "Origin: https://z").headers("access-control-allow-origin"))
                .containsExactly("*"));
  }

  @Test
  @Vector("H79")
  void withoutConfigurationTheBackendsHeadersPass() throws Exception {
    withCors(
        "",
        (api, backend) ->
            assertThat(api.get("/x", "Origin: https://z").headers("access-control-allow-origin"))
                .containsExactly("*"));
  }

  @Test
  @Vector("H107")
  void aDisabledEndpointIsNotFound() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        String json = "{\"disableExecuteApiEndpoint\":true}";
        assertThat(gw.control().patch(api.path(""), json).status()).isEqualTo(200);
        api.serve();
        for (Reply reply :
            new Reply[] {api.get("/x"), http.get("/_gatehouse/apis/" + api.id() + "/x")}) {
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.text()).isEqualTo("{\"message\":\"Not Found\"}");
        }
        assertThat(backend.idle()).isTrue();
      }
    });
  }
}
