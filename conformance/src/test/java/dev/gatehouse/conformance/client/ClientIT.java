package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.Eventually.eventually;
import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Authorizer;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Cors;
import dev.gatehouse.client.Delivery;
import dev.gatehouse.client.Deployment;
import dev.gatehouse.client.Domain;
import dev.gatehouse.client.DomainSpec;
import dev.gatehouse.client.Ensured;
import dev.gatehouse.client.Ensured.Change;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Finding.Kind;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.LambdaAuthorizerSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.MockIntegration;
import dev.gatehouse.client.Route;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.StepFailed;
import dev.gatehouse.client.VpcLinkSpec;
import dev.gatehouse.client.WebSocketApiSpec;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.AwsModels;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Tap;
import dev.gatehouse.testkit.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;

class ClientIT {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";

  private static @Nullable Tap tap;

  /** What the client sends goes through it. */
  private static Tap tap(RunningGatehouse gw) throws IOException {
    if (tap == null) {
      tap = Tap.before(gw.port());
    }
    return tap;
  }

  /** Everything that these tests had the client send is held against AWS's own models. */
  @AfterAll
  static void whatWasSentAreAwsCalls() throws Exception {
    try (Tap whole = Objects.requireNonNull(tap)) {
      AwsModels.Judgement sent = AwsModels.judge(whole.requests(), "test");
      assertThat(sent.problems()).isEmpty();
      assertThat(sent.own()).isEmpty();
      assertThat(sent.calls())
          .contains("lambda.AddPermission", "lambda.RemovePermission", "lambda.ListFunctions")
          .contains("apigatewaymanagementapi.PostToConnection")
          .contains("apigatewayv2.CreateVpcLink", "apigatewayv2.CreateApiMapping")
          .contains("apigatewayv2.TagResource", "apigatewayv2.CreateRouteResponse");
    }
    tap = null;
  }

  /** A client of an account of its own, so that tests see only what they made. */
  private static Gateways gateways(RunningGatehouse gw, String account) throws IOException {
    return Gateways.builder()
        .endpoint(tap(gw).url().toString())
        .region("us-east-1")
        .credentials(account, "test")
        .build();
  }

  private static Gateways gateways(RunningGatehouse gw) throws IOException {
    return gateways(gw, "000000000000");
  }

  private static String account() {
    long bits = UUID.randomUUID().getLeastSignificantBits() & Long.MAX_VALUE;
    return "%012d".formatted(bits % 1_000_000_000_000L);
  }

  private static int status(URI uri) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aFunctionBehindARouteIsFourCallsAndMayBeInvokedByThatRouteOnly() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          Gateways gateways = gateways(gw)) {
        String arn = Functions.create(lambda, "client-items", Probe.class, 20);
        Stage prod = ClientExamples.items(gateways, arn);
        assertThat(status(URI.create(prod.url() + "/items"))).isEqualTo(200);
        Api api = gateways.api(prod.apiId());
        assertThat(sources(lambda, "client-items"))
            .containsExactly(
                "arn:aws:execute-api:us-east-1:000000000000:" + api.id() + "/*/GET/items");

        Route route = api.routes().getFirst();
        api.delete(route);
        assertThatThrownBy(() -> sources(lambda, "client-items"))
            .isInstanceOf(ResourceNotFoundException.class);
        Integration function = api.ensure(LambdaIntegration.of(arn)).value();
        assertThat(api.ensure(RouteSpec.of("ANY /x/{id}").to(function)).change())
            .isEqualTo(Change.CREATED);
        assertThat(sources(lambda, "client-items").getFirst()).endsWith("/*/*/x/{id}");
        api.delete();
        assertThatThrownBy(() -> sources(lambda, "client-items"))
            .isInstanceOf(ResourceNotFoundException.class);
        assertThat(gateways.find("items")).isEmpty();
        lambda.deleteFunction(r -> r.functionName("client-items"));
      }
    });
  }

  private static List<String> sources(LambdaClient lambda, String name) {
    JsonNode policy = Reply.parse(lambda.getPolicy(r -> r.functionName(name)).policy());
    return policy
        .path("Statement")
        .valueStream()
        .map(each -> each.at("/Condition/ArnLike/AWS:SourceArn").asString())
        .toList();
  }

  @Test
  void ensureMakesWhatIsMissingUpdatesWhatDiffersAndElseWritesNothing() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          ApiGatewayV2Client sdk = gw.apis(account, "test")) {
        Ensured<Api> first = ClientExamples.ensure(gateways);
        assertThat(first.change()).isEqualTo(Change.CREATED);
        Ensured<Api> second = ClientExamples.ensure(gateways);
        assertThat(second.change()).isEqualTo(Change.UNCHANGED);
        assertThat(second.value().id()).isEqualTo(first.value().id());
        HttpApiSpec other =
            HttpApiSpec.named("items").description("Other").cors(Cors.origins("https://a.example"));
        Ensured<Api> third = gateways.ensure(other.tag("owner", "me"));
        assertThat(third.change()).isEqualTo(Change.UPDATED);
        assertThat(third.updated())
            .containsExactlyInAnyOrder("CorsConfiguration", "Description", "Tags");
        assertThat(gateways.ensure(other.tag("owner", "me")).change()).isEqualTo(Change.UNCHANGED);
        var now = sdk.getApi(r -> r.apiId(first.value().id()));
        assertThat(now.description()).isEqualTo("Other");
        assertThat(now.tags()).containsOnlyKeys("owner");
        assertThat(now.corsConfiguration().allowOrigins()).containsExactly("https://a.example");
        assertThatThrownBy(() -> gateways.ensure(WebSocketApiSpec.named("items")))
            .isInstanceOf(StepFailed.class)
            .hasMessageContaining("is of protocol HTTP");
        gateways.create(HttpApiSpec.named("items"));
        assertThatThrownBy(() -> gateways.find("items")).hasMessageContaining("2 have that name");
      }
    });
  }

  @Test
  void everythingBelowAnApiHasAnEnsureForm() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          ApiGatewayV2Client sdk = gw.apis(account, "test")) {
        Api api = gateways.create(HttpApiSpec.named("all"));
        HttpIntegration backend = ClientExamples.timeouts("http://127.0.0.1:9/{proxy}");
        Integration made = twice(() -> api.ensure(backend));
        HttpIntegration changed = HttpIntegration.of("http://127.0.0.1:9/{proxy}").method("POST");
        assertThat(api.ensure(changed.parameter("overwrite:header.y", "1")).updated())
            .containsExactlyInAnyOrder("IntegrationMethod", "RequestParameters");
        assertThat(
                sdk.getIntegration(r -> r.apiId(api.id()).integrationId(made.id()))
                    .requestParameters())
            .containsOnlyKeys("overwrite:header.y");

        String issuer = SharedGatehouse.issuer().name();
        Authorizer jwt = twice(() -> api.ensure(JwtAuthorizerSpec.of("jwt", issuer, "audience")));
        assertThat(api.ensure(JwtAuthorizerSpec.of("jwt", issuer, "other")).updated())
            .containsExactly("JwtConfiguration");
        RouteSpec route = RouteSpec.of("GET /a").to(made).jwt(jwt, "read");
        twice(() -> api.ensure(route));
        assertThat(api.ensure(RouteSpec.of("GET /a").to("integrations/" + made.id())).updated())
            .contains("AuthorizationType");
        assertThat(api.ensure(RouteSpec.of("GET /a").to(made.id()).iam()).updated())
            .containsExactly("AuthorizationType");

        StageSpec prod =
            StageSpec.of("prod")
                .variable("a", "1")
                .throttle(10, 5)
                .throttle("GET /a", 1, 1)
                .accessLog(
                    "arn:aws:logs:us-east-1:" + account + ":log-group:prod",
                    "$context.requestId $context.status")
                .description("for all");
        Stage stage = twice(() -> api.ensure(prod));
        assertThat(api.ensure(StageSpec.of("prod").variable("b", "2")).updated())
            .containsExactly("StageVariables");
        assertThat(sdk.getStage(r -> r.apiId(api.id()).stageName("prod")).stageVariables())
            .containsOnlyKeys("b");

        VpcLinkSpec inside = VpcLinkSpec.of("other", "subnet-0a1b2c3d");
        var link = twice(() -> gateways.ensure(inside));
        assertThatThrownBy(() -> gateways.ensure(VpcLinkSpec.of("other", "subnet-ffffffff")))
            .hasMessageContaining("SubnetIds");
        ClientExamples.vpcLink(
            api,
            "arn:aws:elasticloadbalancing:us-east-1:"
                + account
                + ":listener/app/lb/50dc6c495c0c9188/0467ef3c8400ae65");
        assertThat(gateways.apis()).hasSize(1);

        String certificate =
            "arn:aws:acm:us-east-1:"
                + account
                + ":certificate/12345678-1234-1234-1234-123456789012";
        DomainSpec domain = new DomainSpec("shop" + account + ".example.com", certificate);
        Domain own = twice(() -> gateways.ensure(domain));
        twice(() -> gateways.map(own, "v1", stage));
        gateways.delete(own);
        api.delete();
        gateways.delete(link);
        assertThat(sdk.getVpcLinks(r -> r.maxResults("10")).items())
            .noneMatch(each -> each.vpcLinkId().equals(link.id()));
      }
    });
  }

  private interface Ensuring<T> {
    Ensured<T> ensure();
  }

  private static <T> T twice(Ensuring<T> ensuring) {
    Ensured<T> first = ensuring.ensure();
    assertThat(first.change()).isEqualTo(Change.CREATED);
    Ensured<T> second = ensuring.ensure();
    assertThat(second.updated()).isEmpty();
    assertThat(second.change()).isEqualTo(Change.UNCHANGED);
    return first.value();
  }

  @Test
  void aCognitoUserPoolIsOneArgument() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          ApiGatewayV2Client sdk = gw.apis(account, "test")) {
        Api api = gateways.create(HttpApiSpec.named("pool"));
        Integration backend = api.create(HttpIntegration.of("http://127.0.0.1:9/"));
        try {
          Authorizer users = ClientExamples.cognito(api, backend);
          var made = sdk.getAuthorizer(r -> r.apiId(api.id()).authorizerId(users.id()));
          assertThat(made.jwtConfiguration().issuer())
              .isEqualTo("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123");
        } catch (StepFailed unreachable) {
          // AWS fetches the issuer's discovery document when the authorizer is made
          assertThat(unreachable.type()).isEqualTo("BadRequestException");
          assertThat(unreachable.step()).contains("create the authorizer users");
        }
      }
      assertThatThrownBy(() -> JwtAuthorizerSpec.cognito("users", "pool", "client"))
          .isInstanceOf(IllegalArgumentException.class);
    });
  }

  @Test
  void aFailureTakesBackWhatWasCreatedOrSaysWhatWasLeft() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          Backend backend = Backend.start()) {
        Api shop = ClientExamples.allOrNothing(gateways, backend.url());
        assertThat(status(URI.create(shop.endpoint() + "/a"))).isEqualTo(200);
        shop.delete();

        assertThatThrownBy(() ->
                gateways.allOrNothing(all -> {
                  Api api = all.create(HttpApiSpec.named("half"));
                  api.create(HttpIntegration.of(backend.url()));
                  return api.create(RouteSpec.of("NO SUCH KEY"));
                }))
            .asInstanceOf(type(StepFailed.class))
            .satisfies(failed -> {
              assertThat(failed.type()).isEqualTo("BadRequestException");
              assertThat(failed.status()).isEqualTo(400);
              assertThat(failed.requestId()).isNotEmpty();
              assertThat(failed.step()).contains("create the route NO SUCH KEY");
              assertThat(failed.leftBehind()).isEmpty();
            });
        assertThat(gateways.apis()).isEmpty();

        assertThatThrownBy(() ->
                gateways.together(all -> {
                  Api api = all.create(HttpApiSpec.named("half"));
                  return api.create(RouteSpec.of("NO SUCH KEY"));
                }))
            .asInstanceOf(type(StepFailed.class))
            .satisfies(failed ->
                assertThat(failed.leftBehind())
                    .containsExactly("the API " + gateways.find("half").orElseThrow().id()));
      }
    });
  }

  @Test
  void deploymentsAreServedPromotedAndRolledBack() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          ApiGatewayV2Client sdk = gw.apis(account, "test")) {
        Api api = gateways.create(HttpApiSpec.named("deployed"));
        api.create(RouteSpec.of("GET /a"));
        Deployment before = api.deploy("before the sale");
        Stage prod = api.create(StageSpec.of("prod").deployment(before));
        Stage test = api.create(StageSpec.of("test").deployment(before));
        eventually(
            "another second: deployments have no finer times",
            Duration.ofSeconds(5),
            () ->
                Instant.now().isAfter(before.created().plusSeconds(1))
                    ? Optional.of(true)
                    : Optional.empty());
        ClientExamples.rollBack(api, prod, test);
        String served = sdk.getStage(r -> r.apiId(api.id()).stageName("prod")).deploymentId();
        assertThat(sdk.getDeployment(r -> r.apiId(api.id()).deploymentId(served)).description())
            .isEqualTo("before the sale");
        assertThat(api.stages()).extracting(Stage::name).containsExactlyInAnyOrder("prod", "test");
        api.delete(test);
        assertThat(api.stages()).hasSize(1);
      }
    });
  }

  @Test
  void upkeepFindsWhatNobodyUsesAndCleansOnlyWhenAsked() throws Exception {
    withGatehouse((gw, http) -> {
      String account = account();
      try (Gateways gateways = gateways(gw, account);
          LambdaClient lambda = gw.lambda();
          Backend backend = Backend.start()) {
        Api kept = ClientExamples.allOrNothing(gateways, backend.url());
        Api bare = gateways.create(HttpApiSpec.named("bare"));
        Integration unused = kept.create(HttpIntegration.of("http://127.0.0.1:9/unused"));
        List<Finding> found = gateways.upkeep().findings();
        assertThat(found)
            .containsExactlyInAnyOrder(
                new Finding(Kind.API_WITHOUT_ROUTES, bare.id(), bare.id(), ""),
                new Finding(Kind.UNUSED_INTEGRATION, kept.id(), unused.id(), ""));
        assertThat(gateways.upkeep().findings()).hasSize(2);
        assertThat(ClientExamples.upkeep(gateways)).hasSize(2);
        assertThat(gateways.upkeep().findings()).isEmpty();
        assertThat(status(URI.create(kept.endpoint() + "/a"))).isEqualTo(200);
      }
      try (Gateways gateways = gateways(gw);
          LambdaClient lambda = gw.lambda();
          ApiGatewayV2Client sdk = gw.apis()) {
        String arn = Functions.create(lambda, "client-upkeep", Probe.class, 20);
        Api api = gateways.create(HttpApiSpec.named("gone"));
        api.create(RouteSpec.of("GET /a").to(api.create(LambdaIntegration.of(arn))));
        sdk.deleteApi(r -> r.apiId(api.id()));
        List<Finding> permissions =
            gateways.upkeep().findings().stream()
                .filter(each -> each.kind() == Kind.PERMISSION_OF_DELETED_API)
                .filter(each -> each.id().equals(arn))
                .toList();
        assertThat(permissions).hasSize(1);
        gateways.upkeep().clean(permissions);
        assertThatThrownBy(() -> sources(lambda, "client-upkeep"))
            .isInstanceOf(ResourceNotFoundException.class);
        lambda.deleteFunction(r -> r.functionName("client-upkeep"));
      }
    });
  }

  @Test
  void webSocketApisAndFunctionsThatAuthorize() throws Exception {
    withGatehouse((gw, http) -> {
      try (Gateways gateways = gateways(gw);
          LambdaClient lambda = gw.lambda();
          ApiGatewayV2Client sdk = gw.apis()) {
        String arn = Functions.create(lambda, "client-chat", Probe.class, 20);
        Api chat = ClientExamples.chat(gateways, arn);
        assertThat(chat.isWebSocket()).isTrue();
        assertThat(sources(lambda, "client-chat"))
            .extracting(source -> source.substring(source.indexOf(chat.id())))
            .containsExactlyInAnyOrder(chat.id() + "/*/$connect", chat.id() + "/*/say");
        var integrations = sdk.getIntegrations(r -> r.apiId(chat.id())).items();
        assertThat(integrations.getFirst().integrationUri())
            .isEqualTo(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    + arn
                    + "/invocations");
        Authorizer who =
            twice(() ->
                chat.ensure(
                    LambdaAuthorizerSpec.policy("who", arn, "route.request.querystring.token")));
        chat.delete(chat.ensure(RouteSpec.of("$connect").custom(who)).value());
        twice(() -> chat.ensure(MockIntegration.accepting()));
        assertThat(sdk.getIntegrations(r -> r.apiId(chat.id())).items())
            .anyMatch(each -> each.integrationType() == IntegrationType.MOCK);
        chat.delete(who);
        chat.delete();
        assertThatThrownBy(() -> sources(lambda, "client-chat"))
            .isInstanceOf(ResourceNotFoundException.class);
        lambda.deleteFunction(r -> r.functionName("client-chat"));

        Api api = gateways.create(HttpApiSpec.named("simple"));
        Authorizer simple =
            api.create(
                LambdaAuthorizerSpec.simple("simple", FUNCTION + "nobody")
                    .cached(Duration.ofMinutes(1)));
        api.delete(simple);
        api.delete();
      } catch (StepFailed failed) {
        assertThat(failed.step()).contains("invoke nobody");
        assertThat(failed.type()).isEqualTo("ResourceNotFoundException");
      }
    });
  }

  @Test
  void messagesReachWhoIsConnectedAndWhoIsGoneIsTold() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Gateways gateways = gateways(gw)) {
        api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
        api.serve();
        RawWebSocket first = api.connect();
        RawWebSocket second = api.connect();
        RawWebSocket third = api.connect();
        String gone = id(third);
        Api chat = gateways.api(api.id());
        try (Connections connections = chat.connections()) {
          assertThat(connections.info(gone).orElseThrow().id()).isEqualTo(gone);
          assertThat(connections.disconnect(gone)).isTrue();
          eventually(
              "the connection to be gone",
              Duration.ofSeconds(10),
              () -> connections.info(gone).isEmpty() ? Optional.of(true) : Optional.empty());
          assertThat(connections.send(gone, "anybody?")).isFalse();
        }
        List<String> ids = List.of(id(first), id(second));
        assertThat(ClientExamples.send(chat, ids).sent()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(Reply.parse(first.message()).path("you").asString()).isEqualTo(ids.getFirst());
        assertThat(first.message()).isEqualTo("hello, all");
        Stage stage = chat.stages().getFirst();
        String tapped = stage.url().toString().replace(":" + gw.port(), ":" + tap(gw).port());
        try (Connections connections =
            chat.connections(new Stage(stage.apiId(), stage.name(), URI.create(tapped)))) {
          Delivery some = connections.sendAll(List.of(ids.getFirst(), gone), "again");
          assertThat(some.sent()).containsExactly(ids.getFirst());
          assertThat(some.gone()).containsExactly(gone);
          assertThat(some.failed()).isEmpty();
        }
        first.close();
        second.close();
      }
    });
  }

  private static String id(RawWebSocket socket) throws Exception {
    socket.text("who am I");
    return Reply.parse(socket.message()).at("/requestContext/connectionId").asString();
  }

  @Test
  void whatCannotBeReachedIsSaidInOneLine() {
    try (Gateways nowhere =
        Gateways.builder()
            .endpoint("http://127.0.0.1:9")
            .region("us-east-1")
            .credentials("test", "test")
            .build()) {
      assertThatThrownBy(nowhere::apis)
          .isInstanceOf(StepFailed.class)
          .hasMessageStartingWith("could not list the APIs: ");
    }
  }
}
