package dev.gatehouse.conformance.client;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.ApiSpec;
import dev.gatehouse.client.Authorizer;
import dev.gatehouse.client.AuthorizerSpec;
import dev.gatehouse.client.AwsServiceIntegration;
import dev.gatehouse.client.Cors;
import dev.gatehouse.client.Deployment;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.LambdaAuthorizerSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.MockIntegration;
import dev.gatehouse.client.PrivateIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.VpcLink;
import dev.gatehouse.client.VpcLinkSpec;
import dev.gatehouse.client.WebSocketApiSpec;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;

/** Examples of what is wanted; {@link ExamplesIT} has all of it made. */
final class SpecExamples {
  private SpecExamples() {}

  static HttpApiSpec httpApi() {
    // @start region="httpApi"
    HttpApiSpec shop =
        HttpApiSpec.named("shop")
            .description("What we sell")
            .cors(Cors.origins("https://shop.example.com"))
            .tag("team", "shop")
            .target("https://backend.example.com/"); // quick create
    // @end
    return shop;
  }

  static WebSocketApiSpec webSocketApi() {
    // @start region="webSocketApi"
    WebSocketApiSpec chat =
        WebSocketApiSpec.named("chat")
            .routeSelectionExpression("$request.body.type")
            .description("People talk")
            .tag("team", "chat");
    // @end
    return chat;
  }

  static List<Cors> cors() {
    // @start region="cors"
    Cors open = Cors.anyOrigin();
    Cors own =
        Cors.origins("https://shop.example.com")
            .methods("GET", "POST")
            .headers("authorization", "content-type")
            .exposedHeaders("x-request-id")
            .withCredentials()
            .maxAge(Duration.ofHours(1));
    // @end
    return List.of(open, own);
  }

  static LambdaIntegration lambda(String functionArn) {
    // @start region="lambda"
    LambdaIntegration function =
        LambdaIntegration.of(functionArn)
            .payloadFormatVersion("1.0")
            .timeout(Duration.ofSeconds(3));
    // @end
    return function;
  }

  static HttpIntegration http() {
    // @start region="http"
    HttpIntegration backend =
        HttpIntegration.of("https://shop.example.com/{proxy}")
            .method("GET")
            .parameter("append:header.x-request-id", "$context.requestId")
            .timeout(Duration.ofSeconds(3));
    // @end
    return backend;
  }

  static List<PrivateIntegration> inside(String listenerArn, VpcLink link) {
    // @start region="inside"
    PrivateIntegration known = PrivateIntegration.of(listenerArn, link).method("GET");
    PrivateIntegration found =
        PrivateIntegration.of(
                "http://internal-inside-1.us-east-1.elb.amazonaws.com:8080",
                VpcLinkSpec.of("inside", "subnet-0a1b2c3d").securityGroups("sg-0a1b2c3d"))
            .tls("inside.example.com");
    // @end
    return List.of(known, found);
  }

  static AwsServiceIntegration queue(String roleArn) {
    // @start region="queue"
    AwsServiceIntegration queue =
        AwsServiceIntegration.of("SQS-SendMessage", roleArn)
            .parameter("QueueUrl", "https://sqs.us-east-1.amazonaws.com/000000000000/orders")
            .parameter("MessageBody", "$request.body");
    // @end
    return queue;
  }

  static MockIntegration mock() {
    // @start region="mock"
    MockIntegration accepting = MockIntegration.accepting();
    // @end
    return accepting;
  }

  static List<RouteSpec> routes(
      Integration backend, String integrationId, Authorizer users, Authorizer guard) {
    // @start region="routes"
    RouteSpec open = RouteSpec.of("GET /items").to(backend);
    RouteSpec byId = RouteSpec.of("GET /items/{id}").to(integrationId);
    RouteSpec forUsers = RouteSpec.of("POST /items").to(backend).jwt(users, "items/write");
    RouteSpec guarded = RouteSpec.of("DELETE /items").to(backend).custom(guard);
    RouteSpec signed = RouteSpec.of("ANY /admin/{proxy+}").to(backend).iam();
    // @end
    return List.of(open, byId, forUsers, guarded, signed);
  }

  static RouteSpec answering(Integration function) {
    // @start region="answering"
    RouteSpec say = RouteSpec.of("say").to(function).answering();
    // @end
    return say;
  }

  static List<StageSpec> stages(Deployment sale) {
    // @start region="stages"
    StageSpec test =
        StageSpec.of("test")
            .variable("table", "items-test")
            .throttle(100, 50)
            .throttle("POST /items", 5, 2)
            .accessLog(
                "arn:aws:logs:us-east-1:000000000000:log-group:items",
                "$context.requestId $context.status")
            .description("For us");
    StageSpec prod = StageSpec.of("prod").deployment(sale);
    StageSpec later = StageSpec.of("later").withoutAutoDeploy();
    // @end
    return List.of(test, prod, later);
  }

  static List<JwtAuthorizerSpec> tokens(String issuer) {
    // @start region="tokens"
    JwtAuthorizerSpec own =
        JwtAuthorizerSpec.of("users", issuer, "shop").identitySource("$request.querystring.token");
    JwtAuthorizerSpec pool =
        JwtAuthorizerSpec.cognito("pool", "eu-west-1_AbCdEf123", "1example23456789");
    // @end
    return List.of(own, pool);
  }

  static List<LambdaAuthorizerSpec> functions(String functionArn) {
    // @start region="functions"
    LambdaAuthorizerSpec simple =
        LambdaAuthorizerSpec.simple("guard", functionArn)
            .identitySources("$request.header.x-token")
            .cached(Duration.ofMinutes(5));
    LambdaAuthorizerSpec policy =
        LambdaAuthorizerSpec.policy("judge", functionArn, "$request.header.Authorization");
    // @end
    return List.of(simple, policy);
  }

  static VpcLinkSpec link() {
    // @start region="link"
    VpcLinkSpec inside = VpcLinkSpec.of("inside", "subnet-0a1b2c3d").securityGroups("sg-0a1b2c3d");
    // @end
    return inside;
  }

  static String requests(Api api, String functionArn) {
    // @start region="requests"
    ApiSpec shop = HttpApiSpec.named("shop");
    AuthorizerSpec guard = LambdaAuthorizerSpec.simple("guard", functionArn);
    CreateApiRequest whole = shop.request();
    CreateIntegrationRequest backend = LambdaIntegration.of(functionArn).request(api);
    CreateAuthorizerRequest asked = guard.request(api);
    String wanted = shop.name() + " is an API, " + guard.name() + " an authorizer of it";
    // @end
    return wanted + whole + backend + asked;
  }
}
