package dev.gatehouse.cli.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where presigned URLs come from: the API's {@code /presign}, as the image pipeline has it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Presigning {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHOWN = 200;

  @Mixin private Server server;

  @Option(
      names = "--api",
      paramLabel = "API",
      description = "Id or name of the API that hands out URLs. Default: image-pipeline.",
      defaultValue = "image-pipeline")
  private String api;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Its URL, in place of --api; default: $$DDN_APIGW_ENDPOINT.",
      defaultValue = "${env:DDN_APIGW_ENDPOINT:-}")
  private String url = "";

  boolean json() {
    return server.json();
  }

  /** A URL for one object. */
  URI url(HttpClient http, String mode, String key) throws InterruptedException {
    String asked =
        place().replaceAll("/+$", "") + "/presign?mode=" + mode + "&file=" + encoded(key);
    HttpResponse<String> answer =
        send(
            http,
            HttpRequest.newBuilder(URI.create(asked)).timeout(PATIENCE).build(),
            BodyHandlers.ofString());
    String given = answer.statusCode() == 200 ? member(answer.body()) : "";
    if (given.isEmpty()) {
      throw new CallFailed(
          answer.statusCode(),
          asked + " answered " + answer.statusCode() + ": " + start(answer.body()));
    }
    return URI.create(given);
  }

  private static String member(String body) {
    try {
      return new JsonMapper().readTree(body).path("url").asString("");
    } catch (JacksonException other) {
      return "";
    }
  }

  private String place() throws InterruptedException {
    if (!url.isEmpty()) {
      return url;
    }
    try (ControlClient client = server.connect()) {
      return client.get(new ApiChoice(client).resource(api)).path("apiEndpoint").asString("");
    }
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, UTF_8).replace("+", "%20");
  }

  /** Sends a request; an answer that says no is an answer. */
  static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> handler)
      throws InterruptedException {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      String place = request.uri().getScheme() + "://" + request.uri().getAuthority();
      throw new CallFailed(0, place + " does not answer; is it running?");
    }
  }

  /** What a person needs to see of an answer; a presigned URL's secrets are in no answer. */
  static String start(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
