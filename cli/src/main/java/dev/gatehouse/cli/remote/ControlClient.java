package dev.gatehouse.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.wire.http.Headers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signed calls to the control API of one server. Blocking. */
public final class ControlClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SERVICE = "apigateway";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI endpoint;
  private final RequestSigner signer;

  public ControlClient(URI endpoint, AwsSettings settings, InstantSource clock) {
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new CallFailed(
          0, endpoint + " is no endpoint; give --endpoint as in http://localhost:4566");
    }
    this.endpoint = endpoint;
    this.signer = new RequestSigner(settings, clock);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** One segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  public JsonNode get(String target) throws InterruptedException {
    return send("GET", target, "");
  }

  /** Every item of a list of AWS's, page by page. */
  public List<JsonNode> all(String path) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = get(path + "?maxResults=500" + next);
      page.path("items").forEach(all::add);
      String token = page.path("nextToken").asString("");
      next = token.isEmpty() ? "" : "&nextToken=" + segment(token);
    } while (!next.isEmpty());
    return all;
  }

  public JsonNode post(String target, JsonNode body) throws InterruptedException {
    return send("POST", target, JSON.writeValueAsString(body));
  }

  /**
   * A call in the JSON protocol of AWS's older services.
   *
   * @param operation as {@code X-Amz-Target} names it
   */
  public JsonNode call(String service, String operation, JsonNode input)
      throws InterruptedException {
    return send("POST", "/", JSON.writeValueAsString(input), service, operation);
  }

  private JsonNode send(String method, String target, String body) throws InterruptedException {
    return send(method, target, body, SERVICE, "");
  }

  private JsonNode send(String method, String target, String body, String service, String operation)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(target))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body));
    signed(method, target, body.getBytes(UTF_8), service, operation).lines().stream()
        .forEach(line -> request.header(line.name(), line.value()));
    try {
      return answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (ConnectException unreachable) {
      throw new CallFailed(
          0,
          "nothing answers at "
              + endpoint
              + "; start a server with gatehouse serve, or name another with --endpoint");
    } catch (IOException failed) {
      throw new CallFailed(
          0, endpoint + " did not answer: " + failed.getMessage() + "; see the server's log");
    }
  }

  private Headers signed(
      String method, String target, byte[] body, String service, String operation) {
    Headers headers = Headers.of();
    if (body.length > 0) {
      headers = headers.with("Content-Type", "application/json");
    }
    if (!operation.isEmpty()) {
      headers = headers.with("X-Amz-Target", operation);
    }
    return signer.sign(method, endpoint.resolve(target), headers, body, service);
  }

  private JsonNode answer(HttpResponse<String> response) {
    JsonNode json = parsed(response);
    if (response.statusCode() == 200) {
      return json;
    }
    String message = Table.plain(json.path("message").asString(""));
    CallFailed failed =
        new CallFailed(
            response.statusCode(),
            message.isEmpty() ? endpoint + " answered " + response.statusCode() : message);
    throw response.statusCode() == 403 || response.statusCode() == 401
        ? failed.advising("check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and --endpoint")
        : failed;
  }

  private JsonNode parsed(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException notJson) {
      throw new CallFailed(
          response.statusCode(),
          endpoint + " does not answer as a Gatehouse does; check --endpoint");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
