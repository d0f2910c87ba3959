package dev.gatehouse.conformance.client;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Authorizer;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Cors;
import dev.gatehouse.client.Delivery;
import dev.gatehouse.client.Deployment;
import dev.gatehouse.client.Ensured;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.PrivateIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.VpcLinkSpec;
import dev.gatehouse.client.WebSocketApiSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The examples of the client's documentation, which quotes them; {@link ClientIT} runs them. */
final class ClientExamples {
  private ClientExamples() {}

  static Stage items(Gateways gateways, String functionArn) {
    // @start region="items"
    Api api = gateways.create(HttpApiSpec.named("items").cors(Cors.anyOrigin()));
    Integration function = api.create(LambdaIntegration.of(functionArn));
    api.create(RouteSpec.of("GET /items").to(function)); // may invoke the function from now on
    Stage prod = api.create(StageSpec.of("prod").throttle(100, 50));
    // @end
    return prod;
  }

  static Ensured<Api> ensure(Gateways gateways) {
    // @start region="ensure"
    Ensured<Api> ensured =
        gateways.ensure(HttpApiSpec.named("items").description("What we sell").tag("team", "shop"));
    ensured.value().ensure(RouteSpec.of("GET /items"));
    // @end
    return ensured;
  }

  static Api allOrNothing(Gateways gateways, String url) {
    // @start region="allOrNothing"
    Api api =
        gateways.allOrNothing(all -> {
          Api made = all.create(HttpApiSpec.named("shop"));
          made.create(RouteSpec.of("ANY /{proxy+}").to(made.create(HttpIntegration.of(url))));
          made.create(StageSpec.of("$default"));
          return made;
        });
    // @end
    return api;
  }

  static Api chat(Gateways gateways, String functionArn) {
    // @start region="chat"
    Api chat = gateways.create(WebSocketApiSpec.named("chat"));
    Integration function = chat.create(LambdaIntegration.of(functionArn));
    chat.create(RouteSpec.of("$connect").to(function));
    chat.create(RouteSpec.of("say").to(function).answering());
    chat.create(StageSpec.of("prod"));
    // @end
    return chat;
  }

  static Delivery send(Api chat, List<String> connectionIds) {
    // @start region="send"
    try (Connections connections = chat.connections()) {
      for (String id : connectionIds) {
        connections.sendJson(id, Map.of("action", "welcome", "you", id));
      }
      Delivery delivery = connections.sendAll(connectionIds, "hello, all");
      return delivery; // whom it reached, who is gone, and why it did not reach others
    }
    // @end
  }

  static Authorizer cognito(Api api, Integration integration) {
    // @start region="cognito"
    Authorizer users =
        api.create(JwtAuthorizerSpec.cognito("users", "eu-west-1_AbCdEf123", "1example23456789"));
    api.create(RouteSpec.of("GET /me").to(integration).jwt(users, "profile"));
    // @end
    return users;
  }

  static Integration vpcLink(Api api, String balancerUrl) {
    // @start region="vpcLink"
    VpcLinkSpec link = VpcLinkSpec.of("inside", "subnet-0a1b2c3d").securityGroups("sg-0a1b2c3d");
    Integration service = api.create(PrivateIntegration.of(balancerUrl, link));
    api.create(RouteSpec.of("ANY /service/{proxy+}").to(service));
    // @end
    return service;
  }

  static void rollBack(Api api, Stage prod, Stage test) {
    // @start region="rollBack"
    Deployment sale = api.deploy("the sale");
    api.serve(test, sale);
    api.promote(test, prod);
    api.rollBack(prod); // serves again what was deployed before the sale
    // @end
  }

  static List<Finding> upkeep(Gateways gateways) {
    // @start region="upkeep"
    List<Finding> unused = gateways.upkeep().findings();
    gateways.upkeep().clean(unused);
    // @end
    return unused;
  }

  static HttpIntegration timeouts(String url) {
    // @start region="http"
    HttpIntegration backend =
        HttpIntegration.of(url)
            .timeout(Duration.ofSeconds(3))
            .parameter("append:header.x-request-id", "$context.requestId");
    // @end
    return backend;
  }

  static Stage pipeline(Gateways gateways, String name, String functionArn, String balancerUrl) {
    // @start region="pipeline"
    Api api = gateways.create(HttpApiSpec.named(name));
    Integration presign = api.create(LambdaIntegration.of(functionArn));
    Integration images =
        api.create(HttpIntegration.of(balancerUrl).parameter("overwrite:path", "$request.path"));
    api.create(RouteSpec.of("GET /presign").to(presign));
    api.create(RouteSpec.of("POST /presign").to(presign));
    api.create(RouteSpec.of("GET /ping").to(images));
    api.create(RouteSpec.of("POST /invocations").to(images));
    Stage stage = api.create(StageSpec.of("$default"));
    // @end
    return stage;
  }
}
