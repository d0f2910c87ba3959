package dev.gatehouse.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The few calls that a Gatehouse answers while the JVM watches what it loads: the classes of the
 * control API, of the data plane and of the command are then in the AOT cache. Blocking.
 */
final class Rehearsal {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PROXIED = 50;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final HttpClient http;
  private final URI gatehouse;

  private Rehearsal(HttpClient http, URI gatehouse) {
    this.http = http;
    this.gatehouse = gatehouse;
  }

  /**
   * Makes the calls.
   *
   * @throws IllegalStateException where one is not answered as it should be
   */
  static void run(URI gatehouse) throws IOException, InterruptedException {
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'o', 'k'});
          exchange.close();
        });
    upstream.start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      new Rehearsal(http, gatehouse).call("http://127.0.0.1:" + upstream.getAddress().getPort());
      command("-h");
      command("api", "ls", "--endpoint", gatehouse.toString());
    } finally {
      upstream.stop(0);
    }
  }

  /** Has the command itself run; whose settings it finds here does not matter. */
  private static void command(String... words) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    GatehouseCommand.commandLine(words).setOut(nowhere).setErr(nowhere).execute(words);
  }

  private void call(String upstream) throws IOException, InterruptedException {
    String api = create("/v2/apis", "{\"name\":\"rehearsal\",\"protocolType\":\"HTTP\"}", "apiId");
    String path = "/v2/apis/" + api;
    String integration =
        create(
            path + "/integrations",
            """
            {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","integrationUri":"%s/",
             "payloadFormatVersion":"1.0","requestParameters":{"overwrite:path":"$request.path"}}
            """
                .formatted(upstream),
            "integrationId");
    create(
        path + "/routes",
        "{\"routeKey\":\"GET /rehearsal/{id}\",\"target\":\"integrations/" + integration + "\"}",
        "routeId");
    create(
        path + "/authorizers",
        """
        {"name":"rehearsal","authorizerType":"REQUEST","identitySource":["$request.header.authorization"],
         "authorizerPayloadFormatVersion":"2.0","authorizerUri":"arn:aws:apigateway:us-east-1:lambda:path\
        /2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:rehearsal/invocations"}
        """,
        "authorizerId");
    create(path + "/stages", "{\"stageName\":\"$default\",\"autoDeploy\":true}", "stageName");
    send(200, signed("/v2/apis"));
    send(200, request("/_gatehouse/health"));
    for (int i = 0; i < PROXIED; i++) {
      send(200, request("/_gatehouse/apis/" + api + "/rehearsal/" + i));
    }
    send(404, request("/_gatehouse/apis/" + api + "/nothing"));
    send(204, signed(path).DELETE());
  }

  private String create(String path, String json, String member)
      throws IOException, InterruptedException {
    JsonNode created =
        send(
            201,
            signed(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    return created.path(member).asString();
  }

  /** Where control calls are open, the signature itself does not matter. */
  private HttpRequest.Builder signed(String path) {
    String date = DATE.format(Instant.now());
    return request(path)
        .header("x-amz-date", date)
        .header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=test/%s/us-east-1/apigateway/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                .formatted(date.substring(0, 8), "0".repeat(64)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gatehouse.resolve(path)).timeout(Duration.ofSeconds(30));
  }

  private JsonNode send(int expected, HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(
          "%s %s was answered with %d: %s"
              .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
    }
    return answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.createObjectNode();
  }
}
