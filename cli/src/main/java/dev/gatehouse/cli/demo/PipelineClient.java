package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the finished API: knows its endpoint and nothing of what is behind it. */
final class PipelineClient {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final String endpoint;

  PipelineClient(HttpClient http, URI endpoint) {
    this.http = http;
    this.endpoint = endpoint.toString();
  }

  /** Calls {@code GET /ping}; a stage may take a moment to serve what has been deployed to it. */
  void ping(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    HttpResponse<byte[]> answer = send(get("/ping"));
    while (answer.statusCode() == 404 && System.nanoTime() < deadline) {
      Thread.sleep(20);
      answer = send(get("/ping"));
    }
    expect("GET /ping", answer);
  }

  /** The presigned URL of {@code GET /presign}. */
  URI presignByQuery(String mode, String key) throws IOException, InterruptedException {
    return url(send(get("/presign?mode=" + mode + "&file=" + key)));
  }

  /** The presigned URL of {@code POST /presign}. */
  URI presignByBody(String mode, String key) throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(JSON.createObjectNode().put("mode", mode).put("file", key));
    return url(send(post("/presign", body)));
  }

  /** Has an image processed: {@code POST /invocations}. */
  JsonNode process(String image, String result) throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(JSON.createObjectNode().put("image", image).put("result", result));
    HttpResponse<byte[]> answer = send(post("/invocations", body));
    expect("POST /invocations", answer);
    return JSON.readTree(answer.body());
  }

  void upload(URI url, byte[] object) throws IOException, InterruptedException {
    HttpRequest put = request(url).PUT(BodyPublishers.ofByteArray(object)).build();
    expect("the upload to the presigned URL", send(put));
  }

  byte[] download(URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request(url).build());
    expect("the download from the presigned URL", answer);
    return answer.body();
  }

  private static URI url(HttpResponse<byte[]> answer) {
    expect("/presign", answer);
    return URI.create(JSON.readTree(answer.body()).path("url").asString());
  }

  private HttpRequest get(String path) {
    return request(URI.create(endpoint + path)).build();
  }

  private HttpRequest post(String path, String json) {
    return request(URI.create(endpoint + path))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      URI uri = request.uri();
      throw new DemoFailure(
          request.method() + " " + uri.getAuthority() + uri.getPath() + " got no answer: " + e, e);
    }
  }

  private static void expect(String what, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      throw new DemoFailure(
          what
              + " was answered with "
              + answer.statusCode()
              + ": "
              + body.substring(0, Math.min(300, body.length())));
    }
  }
}
