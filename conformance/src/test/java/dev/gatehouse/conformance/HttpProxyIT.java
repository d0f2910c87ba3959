package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a backend sees, and what comes back of its answers. */
class HttpProxyIT {

  @Test
  @Vector("H59")
  void theBackendIsToldWhoAsked() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url() + "/get"), "GET /x");
        api.serve();
        assertThat(api.get("/x", "X-Mine: a", "Authorization: Bearer b").status()).isEqualTo(200);
        Backend.Request asked = backend.taken();
        assertThat(asked.target()).isEqualTo("/get");
        assertThat(asked.headers().get("via")).containsExactly("HTTP/1.1 AmazonAPIGateway");
        assertThat(asked.headers().get("forwarded").getFirst())
            .matches("by=[^;]+;for=127\\.0\\.0\\.1;host=" + api.host() + ";proto=https");
        assertThat(asked.headers())
            .doesNotContainKeys("x-forwarded-for", "x-forwarded-port", "x-forwarded-proto");
        assertThat(asked.headers().get("host"))
            .containsExactly(backend.url().substring("http://".length()));
        assertThat(asked.headers().get("x-mine")).containsExactly("a");
        assertThat(asked.headers().get("authorization")).containsExactly("Bearer b");
      }
    });
  }

  @Test
  @Vector("H60")
  void theCatchAllAppendsThePath() throws Exception {
    assertTarget("$default", "", "GET", "/store/checkout?x=1", "GET /store/checkout?x=1");
  }

  @Test
  @Vector("H61")
  void aPathVariableStandsInTheUri() throws Exception {
    assertTarget("GET /pets/{petID}", "/ext/{petID}", "GET", "/pets/6", "GET /ext/6");
  }

  @Test
  @Vector("H62")
  void aGreedyVariableStandsInTheUri() throws Exception {
    assertTarget(
        "ANY /parent/{proxy+}", "/petstore/{proxy}", "PUT", "/parent/a/b", "PUT /petstore/a/b");
  }

  @Test
  void anotherRouteUsesTheUriAsWritten() throws Exception {
    assertTarget("GET /x", "/fixed?a=1", "GET", "/x?b=2", "GET /fixed?a=1&b=2");
  }

  private static void assertTarget(
      String key, String uri, String method, String target, String asked) throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url() + uri), key);
        api.serve();
        assertThat(api.send(method, target, "").status()).isEqualTo(200);
        Backend.Request request = backend.taken();
        assertThat(request.method() + " " + request.target()).isEqualTo(asked);
      }
    });
  }

  @Test
  @Vector("H66")
  void overwritingThePathTakesTheStageAway() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String parameters = "{\"overwrite:path\":\"$request.path\"}";
        api.routes(api.url(backend.url(), 5_000, parameters), "GET /ping", "POST /invocations");
        api.serve("$default", "test");
        assertThat(api.get("/ping").status()).isEqualTo(200);
        assertThat(backend.taken().target()).isEqualTo("/ping");
        assertThat(api.send("POST", "/test/invocations?a=1", "{}").status()).isEqualTo(200);
        assertThat(backend.taken().target()).isEqualTo("/invocations?a=1");
      }
    });
  }

  @Test
  @Vector("H63")
  void redirectsAndErrorsAreRelayed() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start(HttpProxyIT::statusOfPath);
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        Reply redirect = api.get("/302");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("location")).contains("/elsewhere");
        assertThat(redirect.headers("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(api.get("/418").status()).isEqualTo(418);
        assertThat(api.get("/500").text()).isEqualTo("said the backend");
        assertThat(api.get("/500").status()).isEqualTo(500);
        assertThat(api.get("/500").header("apigw-requestid")).isPresent();
      }
    });
  }

  private static void statusOfPath(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/elsewhere");
    exchange.getResponseHeaders().add("Set-Cookie", "a=1");
    exchange.getResponseHeaders().add("Set-Cookie", "b=2");
    String path = exchange.getRequestURI().getPath();
    Backend.text(exchange, Integer.parseInt(path.substring(1)), "said the backend");
  }

  @Test
  void bodiesPassUnchangedBothWays() throws Exception {
    byte[] bytes = new byte[5_000_000];
    new Random(1).nextBytes(bytes);
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(bytes);
              });
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        Reply reply = api.send("PUT", "/x", bytes, "Content-Type: image/png");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Arrays.equals(reply.body(), bytes)).isTrue();
        Backend.Request asked = backend.taken();
        assertThat(Arrays.equals(asked.body(), bytes)).isTrue();
        assertThat(asked.headers().get("content-type")).containsExactly("image/png");
      }
    });
  }
}
