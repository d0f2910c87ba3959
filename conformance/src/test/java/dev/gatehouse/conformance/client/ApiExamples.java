package dev.gatehouse.conformance.client;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Authorizer;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Deployment;
import dev.gatehouse.client.Ensured;
import dev.gatehouse.client.FunctionArn;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.Route;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import java.util.List;

/** Examples of {@link Api}; {@link ExamplesIT} runs them. */
final class ApiExamples {
  private ApiExamples() {}

  static String about(Api api) {
    // @start region="about"
    String kind = api.isWebSocket() ? "WebSocket" : "HTTP";
    String about = api.name() + " (" + api.id() + ") speaks " + kind + " at " + api.endpoint();
    // @end
    return about;
  }

  static Integration integrations(Api api) {
    // @start region="integrations"
    Integration old = api.create(HttpIntegration.of("https://old.example.com/"));
    Ensured<Integration> shop = api.ensure(HttpIntegration.of("https://shop.example.com/"));
    api.delete(old);
    // @end
    return shop.value();
  }

  static String permission(Api api, String functionArn) {
    // @start region="permission"
    FunctionArn function = FunctionArn.in(functionArn).orElseThrow();
    String everywhere = function.source(api.id(), "*");
    String items = function.routeSource(api.id(), "GET /items");
    String leave = "allow " + items + ", or " + everywhere + ", to invoke " + function.arn();
    // @end
    return leave;
  }

  static List<Route> routes(Api api, Integration shop) {
    // @start region="routes"
    Route cart = api.create(RouteSpec.of("GET /cart").to(shop));
    Ensured<Route> pay = api.ensure(RouteSpec.of("POST /pay").to(shop).iam());
    List<Route> both = api.routes();
    api.delete(cart);
    // @end
    return both.contains(pay.value()) ? both : List.of();
  }

  static Ensured<Authorizer> authorizers(Api api, String issuer) {
    // @start region="authorizers"
    Authorizer users = api.create(JwtAuthorizerSpec.of("users", issuer, "shop"));
    Ensured<Authorizer> same = api.ensure(JwtAuthorizerSpec.of("users", issuer, "shop"));
    api.delete(users);
    // @end
    return same;
  }

  static List<Stage> stages(Api api) {
    // @start region="stages"
    Stage test = api.create(StageSpec.of("test"));
    Ensured<Stage> prod = api.ensure(StageSpec.of("prod").throttle(100, 50));
    List<Stage> both = api.stages();
    api.delete(test);
    // @end
    return both.contains(prod.value()) ? both : List.of();
  }

  static List<Deployment> deployments(Api api, Stage test, Stage prod) {
    // @start region="deployments"
    Deployment sale = api.deploy("the sale");
    api.serve(test, sale);
    api.promote(test, prod);
    Deployment before = api.rollBack(prod);
    List<Deployment> newestFirst = api.deployments();
    // @end
    return newestFirst.indexOf(sale) < newestFirst.indexOf(before) ? newestFirst : List.of();
  }

  static boolean connections(Api chat, Stage prod, String connectionId) {
    // @start region="connections"
    try (Connections only = chat.connections(); // where there is only one stage
        Connections those = chat.connections(prod)) {
      return only.send(connectionId, "hello") && those.send(connectionId, "hello again");
    }
    // @end
  }

  static void delete(Api api) {
    // @start region="delete"
    api.delete(); // with all below it, and the leaves to invoke functions
    // @end
  }
}
