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
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signed calls to the control API of one server. Blocking. */
public final class ControlClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SERVICE = "apigateway";
  private static final String OLDER_SERVICES = "application/x-amz-json-1.1";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final Place place;
  private final RequestSigner signer;
  private final Retries retries;

  public ControlClient(
      Place place, AwsSettings settings, InstantSource clock, RandomGenerator random) {
    this.place = place;
    this.signer = new RequestSigner(settings, clock);
    this.retries = new Retries(random);
  }

  public URI endpoint() {
    return place.of(SERVICE);
  }

  /** Whether AWS itself is asked. */
  public boolean aws() {
    return place instanceof Place.Aws;
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

  public JsonNode patch(String target, JsonNode body) throws InterruptedException {
    return send("PATCH", target, JSON.writeValueAsString(body));
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
    URI endpoint = place.of(service);
    try {
      return answer(
          endpoint,
          retries.of(() ->
              http.send(
                  request(endpoint, method, target, body, service, operation),
                  BodyHandlers.ofString())));
    } catch (ConnectException unreachable) {
      throw new CallFailed(0, "nothing answers at " + endpoint + "; " + place.advice());
    } catch (IOException failed) {
      throw new CallFailed(
          0, endpoint + " did not answer: " + failed.getMessage() + "; see the server's log");
    }
  }

  private HttpRequest request(
      URI endpoint, String method, String target, String body, String service, String operation) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(target))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    signer
        .sign(
            method, request.build().uri(), headers(body, operation), body.getBytes(UTF_8), service)
        .lines()
        .stream()
        .forEach(line -> request.header(line.name(), line.value()));
    return request.build();
  }

  private static Headers headers(String body, String operation) {
    Headers headers = Headers.of();
    if (!body.isEmpty()) {
      headers =
          headers.with("Content-Type", operation.isEmpty() ? "application/json" : OLDER_SERVICES);
    }
    return operation.isEmpty() ? headers : headers.with("X-Amz-Target", operation);
  }

  private JsonNode answer(URI endpoint, HttpResponse<String> response) {
    JsonNode json = parsed(endpoint, response);
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

  private static JsonNode parsed(URI endpoint, HttpResponse<String> response) {
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
