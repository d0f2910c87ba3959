package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which way a request would go, and which way one went: over HTTP, and by the command line. */
class ExplainIT {
  private static final String SECRET = "s3cret-value";

  @TempDir Path folder;

  private static JsonNode explain(Control control, String method, String url) throws Exception {
    Reply reply = control.get("/_gatehouse/explain?method=" + method + "&url=" + escaped(url));
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> notChosen(JsonNode told) {
    Map<String, String> why = new HashMap<>();
    told.path("notChosen")
        .forEach(each -> why.put(each.path("routeKey").asString(), each.path("why").asString()));
    return why;
  }

  @Test
  void theChosenRouteIsToldWithTheOnesThatLost() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String mapping = "{\"append:header.x\":\"$request.header.y\"}";
        String pets = api.url("https://pets.example/v1/{id}?key=1", 5_000, mapping);
        api.routes(pets, "GET /pets/{id}", "POST /pets/1", "$default");
        api.routes(pets, "ANY /pets/{id}", "GET /{proxy+}", "GET /Pets/{id}");
        api.serve("$default", "dev");
        JsonNode told =
            explain(gw.control(), "GET", "http://" + api.host() + "/pets/7?a=" + SECRET);
        assertThat(told.path("outcome").asString())
            .isEqualTo("GET /pets/{id} goes to GET https://pets.example/v1/7.");
        assertThat(told.at("/api/apiId").asString()).isEqualTo(api.id());
        assertThat(told.at("/stage/stageName").asString()).isEqualTo("$default");
        assertThat(told.at("/stage/others/0").asString()).isEqualTo("dev");
        assertThat(told.at("/route/pathParameters/id").asString()).isEqualTo("7");
        assertThat(told.at("/target/uri").asString()).isEqualTo("https://pets.example/v1/7?key=1");
        assertThat(told.at("/target/requestParameters/append:header.x").asString())
            .isEqualTo("$request.header.y");
        assertThat(notChosen(told))
            .containsEntry("ANY /pets/{id}", "ANY goes behind the method itself")
            .containsEntry("GET /Pets/{id}", "paths are told apart by upper and lower case")
            .containsEntry("$default", "takes only what no other route does")
            .hasEntrySatisfying("GET /{proxy+}", why -> assertThat(why).contains("greedy"))
            .doesNotContainKey("GET /pets/{id}");
        assertThat(told.toString()).doesNotContain(SECRET);
      }
    });
  }

  @Test
  void whatIsNotFoundIsExplainedToo() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("https://pets.example/"), "GET /pets", "POST /x/{id}");
        api.routes(api.url("https://pets.example/{proxy}"), "ANY /y/{proxy+}");
        api.serve("dev");
        Control control = gw.control();
        String ours = gw.url() + "/_gatehouse/apis/" + api.id();
        assertThat(explain(control, "GET", ours + "/nothing").path("outcome").asString())
            .startsWith("404 Not Found: the path's first segment names no stage")
            .contains("[dev]");
        JsonNode method = explain(control, "GET", ours + "/dev/x/1");
        assertThat(method.path("outcome").asString()).startsWith("404 Not Found: no route");
        assertThat(notChosen(method)).containsEntry("POST /x/{id}", "takes POST only, not GET");
        JsonNode slash = explain(control, "GET", ours + "/dev/pets/");
        assertThat(notChosen(slash))
            .containsEntry("GET /pets", "a slash at the end makes another path");
        assertThat(explain(control, "GET", ours + "/dev/%zz").path("outcome").asString())
            .startsWith("400 Bad Request");
        assertThat(explain(control, "GET", ours + "/dev/y/../z").path("outcome").asString())
            .startsWith("ANY /y/{proxy+} goes to nothing: 400 Bad Request: a dot segment");
        assertThat(explain(control, "GET", "http://nowhere/").path("outcome").asString())
            .startsWith("No API");
        String other = "http://zzzzzzzzzz.execute-api.localhost/";
        assertThat(explain(control, "GET", other).path("outcome").asString())
            .startsWith("404 Not Found: no API");
      }
    });
  }

  @Test
  void anExplanationSendsNothingAndTakesNoToken() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
        String limit =
            "{\"defaultRouteSettings\":{\"throttlingRateLimit\":0.001,\"throttlingBurstLimit\":1}}";
        assertThat(gw.control().patch(api.path("/stages/$default"), limit).status()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
          JsonNode told = explain(gw.control(), "GET", "http://" + api.host() + "/x");
          assertThat(told.at("/route/throttle/burstLimit").asInt()).isEqualTo(1);
        }
        assertThat(backend.idle()).isTrue();
        assertThat(api.get("/x").status()).isEqualTo(200);
        assertThat(api.get("/x").status()).isEqualTo(429);
      }
    });
  }

  @Test
  void aRequestThatIsOverIsToldPhaseByPhaseWithoutSecrets() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "POST /x/{id}");
        api.routes(api.function(ProbeFunction.arn(gw)), "GET /f");
        api.serve();
        Reply reply =
            api.send("POST", "/x/1?t=" + SECRET, SECRET, "Authorization: Bearer " + SECRET);
        JsonNode told = told(gw.control(), reply);
        assertThat(told.path("method").asString()).isEqualTo("POST");
        assertThat(told.path("path").asString()).isEqualTo("/x/1");
        assertThat(told.path("routeKey").asString()).isEqualTo("POST /x/{id}");
        assertThat(told.path("status").asInt()).isEqualTo(200);
        assertThat(told.path("receivedBytes").asInt()).isEqualTo(SECRET.length());
        assertThat("http://" + told.path("target").asString()).isEqualTo(backend.url());
        assertThat(phases(told)).containsSubsequence("route", "integrate", "relay");
        double sum = 0;
        for (JsonNode phase : told.path("phases")) {
          assertThat(phase.path("millis").asDouble()).isNotNegative();
          sum += phase.path("millis").asDouble();
        }
        assertThat(sum)
            .isCloseTo(told.path("millis").asDouble(), org.assertj.core.data.Offset.offset(0.1));
        assertThat(told.toString()).doesNotContain(SECRET);

        JsonNode function = told(gw.control(), api.get("/f"));
        assertThat(function.path("integrationStatus").isMissingNode()).isFalse();
        JsonNode missing = told(gw.control(), api.get("/nothing"));
        assertThat(missing.path("reason").asString()).isEqualTo("no route");
        assertThat(missing.path("status").asInt()).isEqualTo(404);
      }
    });
  }

  private static JsonNode told(Control control, Reply reply) throws Exception {
    String id = reply.header("apigw-requestid").orElseThrow();
    Reply told = control.get("/_gatehouse/requests/" + id);
    assertThat(told.status()).as("%s", told).isEqualTo(200);
    return told.json();
  }

  private static List<String> phases(JsonNode told) {
    List<String> names = new ArrayList<>();
    told.path("phases").forEach(phase -> names.add(phase.path("phase").asString()));
    return names;
  }

  @Test
  void bothAreForCallersThatSignAndForTheirOwnApisOnly() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
        String url = "http://" + api.host() + "/x";
        String id = api.get("/x").header("apigw-requestid").orElseThrow();
        String explain = "/_gatehouse/explain?url=" + escaped(url);
        for (String path : List.of(explain, "/_gatehouse/requests", "/_gatehouse/requests/" + id)) {
          assertThat(http.get(path).status()).as(path).isEqualTo(403);
          List<String> lines = new ArrayList<>(gw.control().signed("apigateway"));
          lines.add("Origin: http://evil.example");
          assertThat(http.get(path, lines.toArray(String[]::new)).status()).as(path).isEqualTo(403);
          assertThat(gw.control().post(path, "{}").status()).as(path).isEqualTo(405);
        }
        Control stranger = new Control(http, "999999999999");
        assertThat(explain(stranger, "GET", url).path("outcome").asString()).contains("no API");
        assertThat(stranger.get("/_gatehouse/requests/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/_gatehouse/requests").text()).doesNotContain(id);
        assertThat(gw.control().get("/_gatehouse/requests").text()).contains(id);
      }
    });
  }

  @Test
  void theCommandTellsTheSame() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x", "POST /x");
        api.serve();
        String id = api.get("/x").header("apigw-requestid").orElseThrow();
        assertThat(command(gw, "explain", "http://" + api.host() + "/x"))
            .contains("GET /x goes to GET " + backend.url() + "/")
            .contains("POST /x", "takes POST only");
        assertThat(command(gw, "explain", "-X", "PUT", "/_gatehouse/apis/" + api.id() + "/x"))
            .contains("404 Not Found");
        assertThat(command(gw, "requests", id)).contains(id, "PHASE", "integrate");
        assertThat(command(gw, "requests")).contains(id);
      }
    });
  }

  @Test
  void anIdThatBeginsWithAHyphenIsNoOption() throws Exception {
    withGatehouse((gw, http) -> {
      for (String id : List.of("-B7yihiklXzXPUr=", "-hx0ihiklXzXPUr=", "--Aihiklx_XzXPU=")) {
        Program.Result result =
            Program.run(
                folder,
                Map.of(),
                RunningGatehouse.launcher().toString(),
                "requests",
                id,
                "--endpoint",
                gw.url().toString());
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("No request of that id");
      }
    });
  }

  private String command(RunningGatehouse gw, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(RunningGatehouse.launcher().toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--endpoint", gw.url().toString()));
    Program.Result result = Program.run(folder, Map.of(), command.toArray(String[]::new));
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }
}
