package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Vector;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What VPC links lead to, on a server whose configuration says so. */
class PrivateIntegrationsIT {
  private static final String LISTENER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/a/b/";
  private static final String SERVICE =
      "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-1";

  @TempDir static Path directory;
  private static final AtomicBoolean WELL = new AtomicBoolean(true);
  private static Backend one;
  private static Backend two;
  private static RunningGatehouse gatehouse;
  private static String link;

  @BeforeAll
  static void start() throws Exception {
    one =
        Backend.start(exchange -> {
          boolean unwell = exchange.getRequestURI().getPath().equals("/health") && !WELL.get();
          Backend.text(exchange, unwell ? 500 : 200, "one");
        });
    two = Backend.start(exchange -> Backend.text(exchange, 200, "two"));
    gatehouse =
        RunningGatehouse.start(
            directory.resolve("data"),
            """
            targets:
              %1$sone:
                upstreams: [{url: '%3$s'}]
              %1$schecked:
                upstreams: [{url: '%3$s'}]
                health: {path: /health, interval: 50ms, timeout: 5s, healthy: 1, unhealthy: 1}
              %1$spartly:
                upstreams: [{url: '%5$s'}, {url: '%3$s'}]
              %2$s:
                upstreams:
                  - {url: '%3$s', attributes: {stage: prod}}
                  - {url: '%4$s', attributes: {stage: test}}
              internal-lb.test:
                upstreams: [{url: '%4$s'}]
            """
                .formatted(LISTENER, SERVICE, one.url(), two.url(), Backend.dead()));
    link =
        gatehouse
            .control()
            .create("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"subnet-1\"]}")
            .path("vpcLinkId")
            .asString();
  }

  @AfterAll
  static void stop() throws Exception {
    gatehouse.close();
    one.close();
    two.close();
  }

  private static String integration(HttpApi api, String arn, String more) throws Exception {
    return api.integration(
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","integrationUri":"%s",
         "connectionType":"VPC_LINK","connectionId":"%s","payloadFormatVersion":"1.0"%s}\
        """
            .formatted(arn, link, more));
  }

  private static void drain(Backend backend) throws Exception {
    while (!backend.idle()) {
      backend.taken();
    }
  }

  @Test
  @Vector("H65")
  void thePathKeepsItsStageAndTheHostIsTheClients() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "one", ""), "GET /r", "$default");
      api.serve("test", "$default");
      drain(one);
      assertThat(api.get("/test/r?a=%20b").text()).isEqualTo("one");
      Backend.Request asked = next("/test/r?a=%20b");
      assertThat(asked.headers().get("host")).containsExactly(api.host());
      assertThat(asked.headers().get("via")).containsExactly("HTTP/1.1 AmazonAPIGateway");
      assertThat(asked.headers().get("forwarded"))
          .containsExactly("for=127.0.0.1;host=" + api.host() + ";proto=https");
      assertThat(asked.headers()).doesNotContainKey("x-forwarded-for");
      assertThat(api.get("/other/%E2%98%95").status()).isEqualTo(200);
      next("/other/%E2%98%95");
    }
  }

  /** The next request that is no health check. */
  private static Backend.Request next(String target) throws Exception {
    Backend.Request asked = one.taken();
    while (asked.target().equals("/health")) {
      asked = one.taken();
    }
    assertThat(asked.target()).isEqualTo(target);
    return asked;
  }

  @Test
  @Vector("H66")
  void overwritingThePathTakesTheStageAway() throws Exception {
    String mapping = ",\"requestParameters\":{\"overwrite:path\":\"$request.path\"}";
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "one", mapping), "GET /r");
      api.serve("test");
      drain(one);
      assertThat(api.get("/test/r").status()).isEqualTo(200);
      next("/r");
    }
  }

  @Test
  void dotSegmentsDoNotGetThrough() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "one", ""), "$default");
      api.serve();
      for (String path : new String[] {"/a/../b", "/a/%2e%2e/b", "/a/%2E%2E%2Fb", "/a/..%5Cb"}) {
        assertThat(api.get(path).status()).as(path).isEqualTo(400);
      }
    }
  }

  @Test
  void theFilterOfAServiceChoosesAmongItsUpstreams() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, SERVICE + "?stage=prod", ""), "GET /prod");
      api.routes(integration(api, SERVICE + "?stage=test", ""), "GET /test");
      api.routes(integration(api, SERVICE + "?stage=none", ""), "GET /none");
      api.serve();
      for (int i = 0; i < 5; i++) {
        assertThat(api.get("/prod").text()).isEqualTo("one");
        assertThat(api.get("/test").text()).isEqualTo("two");
        assertThat(api.get("/none").status()).isEqualTo(503);
      }
    }
  }

  @Test
  void anArnThatLeadsNowhereIsUnavailableAndTheLogSaysWhatToConfigure() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "unknown", ""), "GET /x");
      api.serve();
      Reply reply = api.get("/x");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).isEqualTo("{\"message\":\"Service Unavailable\"}");
      String told = "nothing says where " + LISTENER + "unknown leads: name its upstreams under";
      Eventually.eventually(
          told,
          Duration.ofSeconds(10),
          () -> gatehouse.log().contains(told) ? Optional.of(true) : Optional.empty());
    }
  }

  @Test
  void anUpstreamThatCannotBeReachedCostsNoRequest() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "partly", ""), "ANY /x");
      api.serve();
      for (int i = 0; i < 20; i++) {
        assertThat(api.send("POST", "/x", "a body").text()).isEqualTo("one");
      }
    }
  }

  @Test
  void theHealthCheckTakesAnUpstreamOutAndBackIn() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(integration(api, LISTENER + "checked", ""), "GET /x");
      api.serve();
      assertThat(api.get("/x").status()).isEqualTo(200);
      WELL.set(false);
      awaitHealth(false);
      assertThat(api.get("/x").status()).isEqualTo(503);
      WELL.set(true);
      awaitHealth(true);
      assertThat(api.get("/x").status()).isEqualTo(200);
    } finally {
      WELL.set(true);
    }
  }

  private static void awaitHealth(boolean well) throws Exception {
    Eventually.eventually(
        "health " + well,
        Duration.ofSeconds(20),
        () -> {
          for (JsonNode target :
              gatehouse.control().get("/_gatehouse/targets").json().path("targets")) {
            if (target.path("name").asString().endsWith("/checked")) {
              boolean healthy = target.at("/upstreams/0/healthy").asBoolean();
              return healthy == well ? Optional.of(true) : Optional.empty();
            }
          }
          throw new AssertionError("no such target");
        });
  }

  @Test
  void aHostMayBeATargetForIntegrationsWithAUrl() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(api.url("http://internal-lb.test:81/base"), "$default");
      api.serve();
      drain(two);
      assertThat(api.get("/y").text()).isEqualTo("two");
      Backend.Request asked = two.taken();
      assertThat(asked.target()).isEqualTo("/base/y");
      assertThat(asked.headers().get("host")).containsExactly("internal-lb.test:81");
    }
  }

  @Test
  void gatehousesOwnListenerAndLinkLocalAddressesAreNoBackends() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(api.url(gatehouse.url() + "/v2/apis"), "GET /own");
      api.routes(api.url("http://localhost:" + gatehouse.port() + "/v2/apis"), "GET /name");
      api.routes(api.url("http://[::ffff:127.0.0.1]:" + gatehouse.port() + "/"), "GET /mapped");
      api.routes(api.url("http://169.254.169.254/latest/meta-data/"), "GET /metadata");
      api.serve();
      String[] signed = gatehouse.control().signed("apigateway").toArray(String[]::new);
      for (String path : new String[] {"/own", "/name", "/mapped", "/metadata"}) {
        assertThat(api.get(path, signed).status()).as(path).isEqualTo(503);
      }
    }
  }

  @Test
  void aLinkOfV1LeadsWebSocketMessagesToItsTarget() throws Exception {
    String balancer =
        "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/internal/1";
    Reply made =
        gatehouse
            .control()
            .post("/vpclinks", "{\"name\":\"old\",\"targetArns\":[\"" + balancer + "\"]}");
    String old = made.json().path("id").asString();
    String template =
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"POST","connectionType":"VPC_LINK",
         "connectionId":"%s","integrationUri":"http://internal-lb.test/%s"}\
        """;
    try (SocketApi api = SocketApi.create(gatehouse)) {
      api.oneWay("$connect", api.integration(template.formatted(old, "in")));
      api.twoWay("$default", api.integration(template.formatted(old, "said?x=1")));
      api.serve();
      drain(two);
      try (RawWebSocket socket = api.connect()) {
        assertThat(two.taken().target()).isEqualTo("/in");
        socket.text("hello");
        assertThat(socket.message()).isEqualTo("two");
        Backend.Request asked = two.taken();
        assertThat(asked.target()).isEqualTo("/said?x=1");
        assertThat(new String(asked.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(asked.headers().get("host")).containsExactly("internal-lb.test");
      }
      Reply refused =
          gatehouse.control().post(api.path("/integrations"), template.formatted(link, ""));
      assertThat(refused.status()).as("%s", refused).isEqualTo(400);
    }
  }
}
