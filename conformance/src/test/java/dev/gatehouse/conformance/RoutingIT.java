package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which route a request finds. Each route has an integration of its own, whose URI names the route,
 * so the backend tells which one ran.
 */
class RoutingIT {
  private static final String NOT_FOUND = "{\"message\":\"Not Found\"}";

  /** What a test asks of an API with a backend behind it. */
  private interface Questions {
    void ask(Routed api) throws Exception;
  }

  /** An API whose backend answers the key of the route that ran. */
  private record Routed(HttpApi api) {
    void finds(String method, String target, String key) throws IOException {
      Reply reply = api.send(method, target, "");
      assertThat(reply.status()).as("%s %s: %s", method, target, reply).isEqualTo(200);
      assertThat(reply.header("x-route")).as("%s %s", method, target).contains(key);
    }

    void findsNothing(String method, String target) throws IOException {
      Reply reply = api.send(method, target, "");
      assertThat(reply.status()).as("%s %s", method, target).isEqualTo(404);
      assertThat(reply.header("x-route")).isEmpty();
      if (!method.equals("HEAD")) {
        assertThat(reply.text()).isEqualTo(NOT_FOUND);
        assertThat(reply.header("content-type")).contains("application/json");
      }
    }
  }

  private static void withRoutes(String[] stages, String[] keys, Questions questions)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start(RoutingIT::nameRoute);
          HttpApi api = HttpApi.create(gw)) {
        for (int i = 0; i < keys.length; i++) {
          String parameters = "{\"overwrite:header.x-key\":\"%s\"}".formatted(label(keys[i]));
          api.routes(api.url(backend.url() + "/fixed", 5_000, parameters), keys[i]);
        }
        api.serve(stages);
        questions.ask(new Routed(api));
      }
    });
  }

  private static void withRoutes(String[] keys, Questions questions) throws Exception {
    withRoutes(new String[] {"$default"}, keys, questions);
  }

  /** A key as a static mapping value: what looks like an expression is taken out. */
  private static String label(String key) {
    return key.replace("$", "");
  }

  private static void nameRoute(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("X-Route", exchange.getRequestHeaders().getFirst("x-key"));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : 2);
    if (!head) {
      exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  @Vector({"H1", "H16", "H18"})
  void aStageInThePathIsFinal() throws Exception {
    withRoutes(
        new String[] {"dev"},
        new String[] {"GET /x"},
        api -> {
          api.findsNothing("GET", "/x");
          api.findsNothing("GET", "/");
          api.finds("GET", "/dev/x", "GET /x");
        });
    withRoutes(
        new String[] {"$default", "dev"},
        new String[] {"GET /x", "GET /dev/y"},
        api -> {
          api.finds("GET", "/x", "GET /x");
          api.finds("GET", "/dev/x", "GET /x");
          api.findsNothing("GET", "/dev/y");
        });
  }

  @Test
  @Vector({"H2", "H3", "H4", "H5", "H6"})
  void aLiteralRouteMatchesExactly() throws Exception {
    withRoutes(
        new String[] {"GET /pets"},
        api -> {
          api.finds("GET", "/pets", "GET /pets");
          api.finds("GET", "/pets?a=/b", "GET /pets");
          api.findsNothing("POST", "/pets");
          api.findsNothing("GET", "/pets/");
          api.findsNothing("GET", "/Pets");
          api.findsNothing("GET", "/pets/1");
          api.findsNothing("HEAD", "/pets");
        });
  }

  @Test
  @Vector({"H7", "H13", "H14"})
  void aMethodBeatsAnyAndAnyTakesTheRest() throws Exception {
    withRoutes(
        new String[] {"GET /pets", "ANY /pets"},
        api -> {
          api.finds("GET", "/pets", "GET /pets");
          api.finds("PUT", "/pets", "ANY /pets");
          api.finds("HEAD", "/pets", "ANY /pets");
        });
  }

  @Test
  @Vector({"H8", "H9", "H10", "H11"})
  void theExampleOfAws() throws Exception {
    withRoutes(
        new String[] {
          "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"
        },
        api -> {
          api.finds("GET", "/pets/dog/1", "GET /pets/dog/1");
          api.finds("GET", "/pets/dog/2", "GET /pets/dog/{id}");
          api.finds("GET", "/pets/cat/1", "GET /pets/{proxy+}");
          api.finds("POST", "/test/5", "ANY /{proxy+}");
          api.finds("POST", "/pets/dog/1", "ANY /{proxy+}");
        });
  }

  @Test
  @Vector("H12")
  void theCatchAllTakesTheRest() throws Exception {
    withRoutes(
        new String[] {"GET /pets/{proxy+}", "$default"},
        api -> {
          api.finds("POST", "/test/5", "default");
          api.finds("GET", "/", "default");
          api.finds("GET", "/pets/1", "GET /pets/{proxy+}");
        });
  }

  @Test
  @Vector("H15")
  void twoSlashesCountAsOne() throws Exception {
    withRoutes(
        new String[] {"GET /hello"},
        api -> {
          api.finds("GET", "//hello", "GET /hello");
          api.finds("GET", "/hello", "GET /hello");
        });
  }

  @Test
  void theApiIsReachedByHostAndByPath() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve("$default", "dev");
        String host = "Host: " + api.host().toUpperCase(Locale.ROOT);
        String[] paths = {
          "/_gatehouse/apis/" + api.id() + "/x",
          "/_gatehouse/apis/" + api.id() + "/dev/x",
          "/_aws/execute-api/" + api.id() + "/dev/x"
        };
        assertThat(http.get("/x", host).status()).isEqualTo(200);
        assertThat(Stream.of(paths).map(path -> status(http, path))).containsOnly(200);
        URI endpoint = URI.create(api.description().path("apiEndpoint").asString());
        assertThat(endpoint.getPort()).isEqualTo(http.port());
        assertThat(endpoint.getHost()).isIn("localhost", "127.0.0.1");
        assertThat(http.get(endpoint.getPath() + "/x").text()).isEqualTo("ok");
      }
    });
  }

  private static int status(Http http, String path) {
    try {
      return http.get(path).status();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  @Test
  void anUnknownApiIsNotFound() throws Exception {
    withGatehouse((gw, http) -> {
      for (Reply reply :
          new Reply[] {
            http.get("/x", "Host: nosuchapi0.execute-api.localhost:" + http.port()),
            http.get("/_gatehouse/apis/nosuchapi0/x")
          }) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo(NOT_FOUND);
        assertThat(reply.header("content-type")).contains("application/json");
      }
    });
  }

  @Test
  void aStageNeverDeployedIsNotFound() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        gw.control().create(api.path("/stages"), "{\"stageName\":\"dev\"}");
        gw.control().create(api.path("/stages"), "{\"stageName\":\"$default\"}");
        for (String target : new String[] {"/x", "/dev/x"}) {
          assertThat(api.get(target).status()).isEqualTo(404);
          assertThat(api.get(target).text()).isEqualTo(NOT_FOUND);
        }
      }
    });
  }
}
