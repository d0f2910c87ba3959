package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A WebSocket API of a test's own, gone at its end. */
public final class SocketApi implements AutoCloseable {
  private final Control control;
  private final String id;

  private SocketApi(Control control, String id) {
    this.control = control;
    this.id = id;
  }

  /** Creates an API that routes by {@code action}. */
  public static SocketApi create(RunningGatehouse gatehouse) throws IOException {
    return create(gatehouse, "$request.body.action", "");
  }

  /** Creates an API with a route selection expression and more members. */
  public static SocketApi create(RunningGatehouse gatehouse, String expression, String members)
      throws IOException {
    String json =
        "{\"name\":\"ws\",\"protocolType\":\"WEBSOCKET\",\"routeSelectionExpression\":\""
            + expression.replace("\\", "\\\\")
            + "\""
            + members
            + "}";
    Control control = gatehouse.control();
    return new SocketApi(control, control.create("/v2/apis", json).path("apiId").asString());
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** The path of one of its resources in the control API. */
  public String path(String rest) {
    return "/v2/apis/" + id + rest;
  }

  /** Adds an integration; returns its id. */
  public String integration(String json) throws IOException {
    return control.create(path("/integrations"), json).path("integrationId").asString();
  }

  /** Adds a function. */
  public String function(String arn) throws IOException {
    return function(arn, 29_000);
  }

  /** Adds a function with a timeout in milliseconds. */
  public String function(String arn, int timeout) throws IOException {
    return integration(
        """
        {"integrationType":"AWS_PROXY","integrationMethod":"POST","timeoutInMillis":%d,
         "integrationUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}\
        """
            .formatted(timeout, arn));
  }

  /** Adds a URL with request parameters. */
  public String url(String url, String parameters) throws IOException {
    return integration(
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"POST","integrationUri":"%s",
         "requestParameters":%s}\
        """
            .formatted(url, parameters));
  }

  /** Adds a mock that answers a text. */
  public String mock(String answer) throws IOException {
    String mock =
        integration(
            """
            {"integrationType":"MOCK","templateSelectionExpression":"\\\\$default",
             "requestTemplates":{"$default":"{\\"statusCode\\":200}"}}\
            """);
    control.create(
        path("/integrations/" + mock + "/integrationresponses"),
        """
        {"integrationResponseKey":"$default","responseTemplates":{"$default":"%s"}}\
        """
            .formatted(answer.replace("\"", "\\\"")));
    return mock;
  }

  /** Adds a route that tells its sender nothing. */
  public String oneWay(String key, String integration) throws IOException {
    return route(key, integration, "");
  }

  /** Adds a route with more members. */
  public String route(String key, String integration, String members) throws IOException {
    return control
        .create(
            path("/routes"),
            "{\"routeKey\":\"%s\",\"target\":\"integrations/%s\"%s}"
                .formatted(key, integration, members))
        .path("routeId")
        .asString();
  }

  /** Adds a route that answers its sender. */
  public String twoWay(String key, String integration) throws IOException {
    String route = route(key, integration, ",\"routeResponseSelectionExpression\":\"$default\"");
    control.create(
        path("/routes/" + route + "/routeresponses"), "{\"routeResponseKey\":\"$default\"}");
    return route;
  }

  /** Adds a REQUEST authorizer; returns its id. */
  public String authorizer(String arn, String source) throws IOException {
    return control
        .create(
            path("/authorizers"),
            """
            {"name":"guard","authorizerType":"REQUEST","identitySource":["%s"],"authorizerUri":
             "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}\
            """
                .formatted(source, arn))
        .path("authorizerId")
        .asString();
  }

  /** Deploys what there is; returns the deployment's id. */
  public String deploy() throws IOException {
    return control.create(path("/deployments"), "{}").path("deploymentId").asString();
  }

  /** Deploys what there is and serves it under the stage {@code prod}. */
  public SocketApi serve() throws IOException {
    return serve("");
  }

  /** The same with more members of the stage. */
  public SocketApi serve(String members) throws IOException {
    JsonNode stage =
        control.create(
            path("/stages"),
            "{\"stageName\":\"prod\",\"deploymentId\":\"%s\"%s}".formatted(deploy(), members));
    assertThat(stage.path("stageName").asString()).isEqualTo("prod");
    return this;
  }

  /** Where clients connect that cannot set hosts. */
  public URI url() {
    return URI.create("ws://127.0.0.1:" + control.http().port() + base());
  }

  /** Where backends manage connections. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + control.http().port() + base());
  }

  private String base() {
    return "/_aws/execute-api/" + id + "/prod";
  }

  /** The host that addresses this API. */
  public String host() {
    return id + ".execute-api.localhost:" + control.http().port();
  }

  /** Asks for a connection by host; the answer may be a refusal. */
  public RawWebSocket handshake(String target, String... headers) throws IOException {
    return new RawWebSocket(control.http().address(), host(), target, headers);
  }

  /** A connection that must be had. */
  public RawWebSocket connect() throws IOException {
    RawWebSocket socket = handshake("/prod");
    assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
    return socket;
  }

  @Override
  public void close() throws IOException {
    assertThat(control.delete(path("")).status()).isIn(204, 404);
  }
}
