package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An HTTP API of a test's own, gone at its end. */
public final class HttpApi implements AutoCloseable {
  private final Control control;
  private final JsonNode description;

  private HttpApi(Control control, JsonNode description) {
    this.control = control;
    this.description = description;
  }

  /** Creates an empty API. */
  public static HttpApi create(RunningGatehouse gatehouse) throws IOException {
    return create(gatehouse.control());
  }

  /** Creates an empty API in the account of a key. */
  public static HttpApi create(Control control) throws IOException {
    return new HttpApi(
        control, control.create("/v2/apis", "{\"name\":\"test\",\"protocolType\":\"HTTP\"}"));
  }

  /** Creates an API with its first route, integration and stage; the members say which. */
  public static HttpApi quick(Control control, String members) throws IOException {
    String json = "{\"name\":\"test\",\"protocolType\":\"HTTP\"," + members + "}";
    return new HttpApi(control, control.create("/v2/apis", json));
  }

  /** Its id. */
  public String id() {
    return description.path("apiId").asString();
  }

  /** What creating it answered. */
  public JsonNode description() {
    return description;
  }

  /** The path of one of its resources in the control API. */
  public String path(String rest) {
    return "/v2/apis/" + id() + rest;
  }

  /** Adds an integration; returns its id. */
  public String integration(String json) throws IOException {
    return control.create(path("/integrations"), json).path("integrationId").asString();
  }

  /** Adds a function with payload 2.0. */
  public String function(String arn) throws IOException {
    return function(arn, 30_000);
  }

  /** Adds a function with payload 2.0 and a timeout in milliseconds. */
  public String function(String arn, int timeout) throws IOException {
    return integration(
        """
        {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"2.0",
         "timeoutInMillis":%d}\
        """
            .formatted(arn, timeout));
  }

  /** Adds a URL, passed through with the client's method. */
  public String url(String url) throws IOException {
    return url(url, 30_000, "{}");
  }

  /** Adds a URL with a timeout and request parameters. */
  public String url(String url, int timeout, String parameters) throws IOException {
    return integration(
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","integrationUri":"%s",
         "payloadFormatVersion":"1.0","timeoutInMillis":%d,"requestParameters":%s}\
        """
            .formatted(url, timeout, parameters));
  }

  /** Adds routes to an integration; returns the id of the last. */
  public String routes(String integration, String... keys) throws IOException {
    String id = "";
    for (String key : keys) {
      String json = "{\"routeKey\":\"%s\",\"target\":\"integrations/%s\"}";
      id =
          control
              .create(path("/routes"), json.formatted(key, integration))
              .path("routeId")
              .asString();
    }
    return id;
  }

  /** Adds a JWT authorizer that reads the header {@code Authorization}; returns its id. */
  public String jwt(String issuer, String audience) throws IOException {
    return authorizer(
        """
        {"name":"jwt","authorizerType":"JWT","identitySource":["$request.header.Authorization"],
         "jwtConfiguration":{"issuer":"%s","audience":["%s"]}}\
        """
            .formatted(issuer, audience));
  }

  /** Adds an authorizer that is a function; more members of it may follow. Returns its id. */
  public String request(String functionArn, String... members) throws IOException {
    String uri =
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"
            .formatted(functionArn);
    String more = Arrays.stream(members).map(member -> "," + member).collect(Collectors.joining());
    return authorizer(
        "{\"name\":\"a\",\"authorizerType\":\"REQUEST\",\"authorizerUri\":\""
            + uri
            + "\""
            + more
            + "}");
  }

  /** Adds an authorizer; returns its id. */
  public String authorizer(String json) throws IOException {
    return control.create(path("/authorizers"), json).path("authorizerId").asString();
  }

  /** Adds a route that an authorizer guards; more members of the route may follow. */
  public HttpApi guard(
      String key, String integration, String type, String authorizer, String... members)
      throws IOException {
    String json =
        "{\"routeKey\":\"%s\",\"target\":\"integrations/%s\",\"authorizationType\":\"%s\""
            .formatted(key, integration, type);
    String more = Arrays.stream(members).map(member -> "," + member).collect(Collectors.joining());
    control.create(path("/routes"), json + ",\"authorizerId\":\"" + authorizer + "\"" + more + "}");
    return this;
  }

  /** Deploys what there is and serves it as the default stage. */
  public HttpApi serve() throws IOException {
    return serve("$default");
  }

  /** Deploys what there is and serves it under stages. */
  public HttpApi serve(String... stages) throws IOException {
    String deployment = control.create(path("/deployments"), "{}").path("deploymentId").asString();
    for (String stage : stages) {
      String json = "{\"stageName\":\"%s\",\"deploymentId\":\"%s\"}";
      control.create(path("/stages"), json.formatted(stage, deployment));
    }
    return this;
  }

  /** Waits for the first deployment of a stage that deploys by itself. */
  public JsonNode deployed(String stage) throws Exception {
    return Eventually.eventually(
        stage + " deployed",
        Duration.ofSeconds(10),
        () -> {
          JsonNode answer = control.get(path("/stages/" + stage)).json();
          return answer.has("deploymentId") ? Optional.of(answer) : Optional.empty();
        });
  }

  /** The host that addresses this API. */
  public String host() {
    return id() + ".execute-api.localhost:" + control.http().port();
  }

  /** A GET of the API by its host. */
  public Reply get(String target, String... headers) throws IOException {
    return send("GET", target, "", headers);
  }

  /** A request to the API by its host. */
  public Reply send(String method, String target, String body, String... headers)
      throws IOException {
    return control.http().send(method, target, body, hosted(headers));
  }

  /** A request to the API by its host, with bytes. */
  public Reply send(String method, String target, byte[] body, String... headers)
      throws IOException {
    return control.http().send(method, target, body, hosted(headers));
  }

  private String[] hosted(String[] headers) {
    return Stream.concat(Stream.of("Host: " + host()), Arrays.stream(headers))
        .toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    assertThat(control.delete(path("")).status()).isIn(204, 404);
  }
}
