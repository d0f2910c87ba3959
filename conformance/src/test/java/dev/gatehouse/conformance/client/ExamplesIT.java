package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Authorizer;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Ensured.Change;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Finding.Kind;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.LambdaAuthorizerSpec;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.VpcLinkSpec;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.OtherServices;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Runs the examples of the client's Javadoc that {@link ClientIT} does not. */
class ExamplesIT {
  private static final String URL = "http://127.0.0.1:9/";

  /** What a test does with an account of its own. */
  private interface Use {
    void with(OtherServices others, Gateways gateways) throws Exception;
  }

  private static void with(String account, Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (OtherServices others = OtherServices.before(gw);
          Gateways gateways =
              Gateways.builder()
                  .endpoint(others.url())
                  .region("us-east-1")
                  .credentials(account, "test")
                  .build()) {
        use.with(others, gateways);
      }
    });
  }

  @Test
  void gateways() throws Exception {
    with(
        "620000000001",
        (others, gateways) -> {
          Api api = gateways.create(HttpApiSpec.named("known"));
          assertThat(GatewaysExamples.read(gateways, api.id())).isTrue();
          GatewaysExamples.vpcLinks(gateways);
          assertThat(GatewaysExamples.listener(gateways)).isEqualTo(OtherServices.LISTENER);
          assertThat(GatewaysExamples.together(gateways, URL)).hasSize(2);
          assertThat(GatewaysExamples.failure(gateways))
              .contains("NotFoundException, 404", "left []");
          Stage prod = api.create(StageSpec.of("prod"));
          String certificate = "arn:aws:acm:us-east-1:620000000001:certificate/1";
          assertThat(GatewaysExamples.domains(gateways, prod, certificate).name())
              .isEqualTo("api.example.com");
          try (Gateways built = GatewaysExamples.builder(others.url());
              Gateways profile = GatewaysExamples.profile()) {
            assertThat(built.find("known")).as("another account's").isEmpty();
            assertThat(profile).isNotNull();
          }
          Map<String, String> usual =
              Map.of(
                  "aws.accessKeyId", "620000000001",
                  "aws.secretAccessKey", "test",
                  "aws.region", "us-east-1",
                  "aws.endpointUrl", others.url());
          usual.forEach(System::setProperty);
          try {
            assertThat(GatewaysExamples.create()).extracting(Api::name).contains("known");
          } finally {
            usual.keySet().forEach(System::clearProperty);
          }
        });
  }

  @Test
  void apis() throws Exception {
    with(
        "620000000002",
        (others, gateways) -> {
          Api api = gateways.create(HttpApiSpec.named("shop"));
          assertThat(ApiExamples.about(api)).startsWith("shop (" + api.id() + ") speaks HTTP at ");
          Integration shop = ApiExamples.integrations(api);
          assertThat(ApiExamples.routes(api, shop)).hasSize(2);
          assertThat(api.routes()).hasSize(1);
          String issuer = SharedGatehouse.issuer().name();
          assertThat(ApiExamples.authorizers(api, issuer).change()).isEqualTo(Change.UNCHANGED);
          assertThat(ApiExamples.stages(api)).hasSize(2);
          Stage prod = api.create(StageSpec.of("served").deployment(api.deploy("before")));
          Stage test = api.create(StageSpec.of("tried").withoutAutoDeploy());
          Instant made = api.deployments().getFirst().created();
          Eventually.eventually(
              "another second: deployments have no finer times",
              Duration.ofSeconds(5),
              () ->
                  Instant.now().isAfter(made.plusSeconds(1))
                      ? Optional.of(true)
                      : Optional.empty());
          assertThat(ApiExamples.deployments(api, test, prod)).isNotEmpty();
          ApiExamples.delete(api);
          assertThat(gateways.apis()).isEmpty();
        });
  }

  @Test
  void connections() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi sockets = SocketApi.create(gw);
          Gateways gateways = GatewaysExamples.builder(gw.url().toString())) {
        sockets.twoWay("$default", sockets.function(ProbeFunction.talkerArn(gw)));
        sockets.serve();
        RawWebSocket socket = sockets.connect();
        socket.text("who am I");
        String id = Reply.parse(socket.message()).at("/requestContext/connectionId").asString();
        Api chat = gateways.api(sockets.id());
        assertThat(ApiExamples.connections(chat, chat.stages().getFirst(), id)).isTrue();
        try (Connections connections = chat.connections()) {
          assertThat(ConnectionExamples.one(connections, id)).isTrue();
          assertThat(ConnectionExamples.many(connections, List.of(id)).sent()).containsExactly(id);
        }
        assertThat(ConnectionExamples.manage(chat, id)).as("not the hostile one").isFalse();
        socket.close();
      }
    });
  }

  @Test
  void upkeep() throws Exception {
    with(
        "620000000003",
        (others, gateways) -> {
          gateways.create(HttpApiSpec.named("bare"));
          Api api = gateways.create(HttpApiSpec.named("quiet"));
          api.create(RouteSpec.of("GET /a"));
          api.create(StageSpec.of("prod").deployment(api.deploy("all")));
          assertThat(UpkeepExamples.idle(gateways)).as("none is so old").isEmpty();
          List<Finding> idle =
              Eventually.eventually(
                  "a stage older than now, in whole seconds",
                  Duration.ofSeconds(5),
                  () ->
                      Optional.of(UpkeepExamples.ownCounts(gateways, Map.of()))
                          .filter(found -> !found.isEmpty()));
          assertThat(idle).extracting(Finding::kind).containsExactly(Kind.STAGE_WITHOUT_TRAFFIC);
          assertThat(UpkeepExamples.ownCounts(gateways, Map.of(api.id() + "/prod", 1L))).isEmpty();
          assertThat(UpkeepExamples.clean(gateways))
              .extracting(Finding::kind)
              .containsExactly(Kind.API_WITHOUT_ROUTES);
          assertThat(gateways.apis()).extracting(Api::name).containsExactly("quiet");
        });
  }

  @Test
  void whatIsWantedIsMade() throws Exception {
    with(
        "620000000004",
        (others, gateways) -> {
          Api quick = gateways.create(SpecExamples.httpApi());
          assertThat(quick.routes()).hasSize(1);
          for (var cors : SpecExamples.cors()) {
            assertThat(gateways.create(HttpApiSpec.named("cors").cors(cors)).id()).isNotEmpty();
          }
          Api api = gateways.create(HttpApiSpec.named("specs"));
          Integration backend = api.create(SpecExamples.http());
          SpecExamples.inside(
                  OtherServices.LISTENER, gateways.create(VpcLinkSpec.of("a", "subnet-1")))
              .forEach(inside -> assertThat(api.create(inside).id()).isNotEmpty());
          api.create(SpecExamples.queue("arn:aws:iam::620000000004:role/queue"));
          assertThat(gateways.ensure(SpecExamples.link()).change()).isEqualTo(Change.UNCHANGED);
          var tokens = SpecExamples.tokens(SharedGatehouse.issuer().name());
          assertThat(tokens.getLast().issuer()).endsWith("/eu-west-1_AbCdEf123");
          Authorizer users = api.create(tokens.getFirst());
          assertThat(users.name()).isEqualTo("users");
          Api chat = gateways.create(SpecExamples.webSocketApi());
          api.create(RouteSpec.of("GET /none"));
          Integration mock = chat.create(SpecExamples.mock());
          chat.create(SpecExamples.answering(mock));
          assertThat(chat.routes()).hasSize(1);
          for (StageSpec stage : SpecExamples.stages(api.deploy("the sale"))) {
            api.create(RouteSpec.of("POST /" + stage.name()).to(backend));
            assertThat(
                    api.ensure(stage.routeThrottles().isEmpty() ? stage : known(api, stage))
                        .value())
                .isNotNull();
          }
          assertThat(api.stages()).hasSize(3);
        });
  }

  /** A stage with limits of a route needs that route. */
  private static StageSpec known(Api api, StageSpec stage) {
    stage.routeThrottles().keySet().forEach(key -> api.ensure(RouteSpec.of(key)));
    return stage;
  }

  @Test
  void functionsAndAuthorizersAreMade() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          Gateways gateways = GatewaysExamples.builder(gw.url().toString())) {
        String arn = Functions.create(lambda, "client-examples", Probe.class, 20);
        Api api = gateways.create(HttpApiSpec.named("functions"));
        String from = arn.replace(":lambda:", ":execute-api:").replaceFirst(":function:.*", ":");
        assertThat(ApiExamples.permission(api, arn + ":live"))
            .isEqualTo(
                "allow %1$s/*/GET/items, or %1$s/*, to invoke %2$s:live"
                    .formatted(from + api.id(), arn));
        Integration function = api.create(SpecExamples.lambda(arn));
        List<LambdaAuthorizerSpec> guards = SpecExamples.functions(arn);
        Authorizer guard = api.create(guards.getFirst());
        api.create(guards.getLast());
        Authorizer users =
            api.create(JwtAuthorizerSpec.of("users", SharedGatehouse.issuer().name(), "shop"));
        SpecExamples.routes(function, function.id(), users, guard).forEach(api::create);
        assertThat(api.routes()).hasSize(5);
        assertThat(SpecExamples.requests(api, arn)).startsWith("shop is an API, guard an auth");
        api.delete();
        lambda.deleteFunction(r -> r.functionName("client-examples"));
      }
    });
  }
}
