package dev.gatehouse.example.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handler against events as API Gateway sends them; the URLs are checked for what they say. */
class PresignHandlerTest {

  private static final String ENDPOINT = "http://127.0.0.1:4566";

  @Test
  void uploadIsSignedForThatKeyWithTheBucketInThePath() {
    URI url = url(handler().handleRequest(query("upload", "a b/c.png"), null));
    assertThat(url.getRawPath()).isEqualTo("/images/a%20b/c.png");
    assertThat(url.getAuthority()).isEqualTo("127.0.0.1:4566");
    assertThat(url.getRawQuery())
        .contains("X-Amz-Expires=300", "X-Amz-SignedHeaders=host", "X-Amz-Signature=")
        .contains("%2Feu-west-1%2Fs3%2Faws4_request");
  }

  @Test
  void uploadAndDownloadDifferInTheSignature() {
    assertThat(url(handler().handleRequest(query("upload", "c.png"), null)))
        .isNotEqualTo(url(handler().handleRequest(query("download", "c.png"), null)));
  }

  @Test
  void withoutAnEndpointTheBucketIsInTheHostName() {
    Map<String, String> environment = environment();
    environment.remove("AWS_ENDPOINT_URL");
    PresignHandler handler = new PresignHandler(environment);
    assertThat(url(handler.handleRequest(query("download", "c.png"), null)).getAuthority())
        .isEqualTo("images.s3.eu-west-1.amazonaws.com");
  }

  @Test
  void bodyGoesBeforeTheQueryAndMayBeBase64() {
    String body = "{\"mode\":\"upload\",\"file\":\"from-body.png\",\"more\":[1,{\"a\":2}]}";
    Map<String, Object> event = new HashMap<>(query("download", "from-query.png"));
    event.put("body", body);
    assertThat(url(handler().handleRequest(event, null)).getPath()).endsWith("/from-body.png");
    event.put("isBase64Encoded", true);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(url(handler().handleRequest(event, null)).getPath()).endsWith("/from-body.png");
  }

  @Test
  void temporaryCredentialsBringTheirToken() {
    Map<String, String> environment = environment();
    environment.put("AWS_SESSION_TOKEN", "a-token");
    PresignHandler handler = new PresignHandler(environment);
    assertThat(url(handler.handleRequest(query("upload", "c.png"), null)).getRawQuery())
        .contains("X-Amz-Security-Token=a-token");
  }

  @Test
  void lifetimeComesFromTheEnvironment() {
    Map<String, String> environment = environment();
    environment.put("URL_SECONDS", "1");
    PresignHandler handler = new PresignHandler(environment);
    assertThat(url(handler.handleRequest(query("upload", "c.png"), null)).getRawQuery())
        .contains("X-Amz-Expires=1&");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(refusal(Map.of())).contains("file");
    assertThat(refusal(query("sideload", "c.png"))).contains("upload", "download");
    assertThat(refusal(query("upload", "x".repeat(1025)))).contains("1024");
    assertThat(refusal(Map.of("body", "{\"mode\":"))).contains("JSON");
    assertThat(refusal(Map.of("body", "[]"))).contains("JSON");
  }

  @Test
  void withoutABucketTheFunctionDoesNotStart() {
    Map<String, String> environment = environment();
    environment.remove("BUCKET");
    assertThatThrownBy(() -> new PresignHandler(environment)).hasMessageContaining("BUCKET");
  }

  private static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "BUCKET", "images",
            "AWS_REGION", "eu-west-1",
            "AWS_ENDPOINT_URL", ENDPOINT,
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test"));
  }

  private static PresignHandler handler() {
    return new PresignHandler(environment());
  }

  private static Map<String, Object> query(String mode, String file) {
    return Map.of("queryStringParameters", Map.of("mode", mode, "file", file));
  }

  private static URI url(Map<String, Object> answer) {
    assertThat(answer).containsEntry("statusCode", 200);
    return URI.create(FlatJson.read((String) answer.get("body")).get("url"));
  }

  private static String refusal(Map<String, Object> event) {
    Map<String, Object> answer = handler().handleRequest(event, null);
    assertThat(answer).containsEntry("statusCode", 400);
    return FlatJson.read((String) answer.get("body")).get("message");
  }
}
