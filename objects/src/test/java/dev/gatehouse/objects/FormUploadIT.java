package dev.gatehouse.objects;

import static dev.gatehouse.objects.SharedStore.s3;
import static dev.gatehouse.objects.SharedStore.store;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a form of a web page sends, signed as the AWS SDKs sign it. */
@ExtendWith(SharedStore.class)
final class FormUploadIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String KEY = "[\"starts-with\", \"$key\", \"forms/\"]";

  /** Fields with a policy of these conditions and those that every policy has. */
  private static Map<String, String> fields(String conditions, Duration good) throws Exception {
    Instant now = Instant.now();
    String time =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(now);
    String scope = time.substring(0, 8) + "/eu-central-1/s3/aws4_request";
    String policy =
        """
        {"expiration": "%s", "conditions": [{"bucket": "photos"}, %s,
         {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "test/%s"},
         {"x-amz-date": "%s"}]}\
        """
            .formatted(now.plus(good), conditions, scope, time);
    String text = Base64.getEncoder().encodeToString(policy.getBytes(UTF_8));
    byte[] key = "AWS4test".getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", "forms/${filename}");
    fields.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    fields.put("X-Amz-Credential", "test/" + scope);
    fields.put("X-Amz-Date", time);
    fields.put("Policy", text);
    fields.put("X-Amz-Signature", HexFormat.of().formatHex(hmac(key, text)));
    return fields;
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static HttpResponse<String> post(Map<String, String> fields, String file)
      throws Exception {
    StringBuilder form = new StringBuilder();
    fields.forEach((name, value) ->
        form.append("--mark\r\nContent-Disposition: form-data; name=\"")
            .append(name)
            .append("\"\r\n\r\n")
            .append(value)
            .append("\r\n"));
    form.append(
            "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\a.bin\"\r\n")
        .append("Content-Type: image/png\r\n\r\n")
        .append(file)
        .append("\r\n--mark--\r\n");
    return send(form.toString(), "multipart/form-data; boundary=mark");
  }

  private static HttpResponse<String> send(String body, String type) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(store().endpoint() + "/photos"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body.getBytes(ISO_8859_1)))
            .build(),
        BodyHandlers.ofString());
  }

  private static void refused(HttpResponse<String> answer, int status, String... said) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(said);
  }

  @Test
  void aFormIsTakenAsItsPolicyAllows() throws Exception {
    byte[] random = new byte[300_000];
    new Random(3).nextBytes(random);
    String file = new String(random, ISO_8859_1) + "\r\n--marc\r\r\n--mar\r\n\r\n-";
    Map<String, String> fields =
        fields(
            KEY
                + ", {\"success_action_status\": \"201\"}, {\"Content-Type\": \"text/x\"},"
                + " [\"eq\", \"$x-amz-meta-by\", \"form\"], [\"content-length-range\", 1, 400000]",
            Duration.ofMinutes(1));
    fields.put("success_action_status", "201");
    fields.put("Content-Type", "text/x");
    fields.put("x-amz-meta-by", "form");
    HttpResponse<String> answer = post(fields, file);
    refused(answer, 201, "<Key>forms/a.bin</Key>", "<Bucket>photos</Bucket>");
    var stored = s3().getObjectAsBytes(b -> b.bucket("photos").key("forms/a.bin"));
    assertThat(new String(stored.asByteArray(), ISO_8859_1)).isEqualTo(file);
    assertThat(stored.response().contentType()).isEqualTo("text/x");
    assertThat(stored.response().metadata()).containsEntry("by", "form");
    assertThat(answer.headers().firstValue("ETag")).contains(stored.response().eTag());
    assertThat(post(fields(KEY, Duration.ofMinutes(1)), "x").statusCode()).isEqualTo(204);
    Map<String, String> back =
        fields(
            KEY + ", [\"starts-with\", \"$success_action_redirect\", \"\"]", Duration.ofHours(1));
    back.put("success_action_redirect", "http://page.test/done?x=1");
    HttpResponse<String> redirect = post(back, "x");
    assertThat(redirect.statusCode()).isEqualTo(303);
    assertThat(redirect.headers().firstValue("Location").orElseThrow())
        .startsWith("http://page.test/done?x=1&bucket=photos&key=forms%2Fa.bin&etag=%22");
  }

  @Test
  void whatThePolicyDoesNotAllowIsRefused() throws Exception {
    Duration soon = Duration.ofMinutes(1);
    refused(post(fields(KEY, Duration.ofMinutes(-1)), "x"), 403, "AccessDenied", "Policy expired");
    Map<String, String> other = fields(KEY, soon);
    other.put("key", "elsewhere");
    refused(post(other, "x"), 403, "Policy Condition failed: [\"starts-with\", \"$key\"");
    Map<String, String> more = fields(KEY, soon);
    more.put("x-amz-meta-more", "x");
    refused(post(more, "x"), 403, "Extra input fields: x-amz-meta-more");
    Map<String, String> forged = fields(KEY, soon);
    forged.put("X-Amz-Signature", "0".repeat(64));
    refused(post(forged, "x"), 403, "SignatureDoesNotMatch", "<StringToSign>");
    Map<String, String> longer = fields(KEY + ", [\"content-length-range\", 2, 4]", soon);
    refused(post(longer, "12345"), 400, "EntityTooLarge");
    refused(post(longer, "1"), 400, "EntityTooSmall");
    assertThat(post(longer, "1234").statusCode()).isEqualTo(204);
    Map<String, String> open = fields(KEY + ", {\"acl\": \"public-read\"}", soon);
    open.put("acl", "public-read");
    refused(post(open, "x"), 400, "AccessControlListNotSupported");
    refused(post(Map.of("key", "forms/none"), "x"), 403, "AccessDenied");
    refused(post(Map.of("key", "k", "policy", "x"), "x"), 400, "must contain a field named");
    refused(post(Map.of("key", "forms/" + "x".repeat(21_000)), "x"), 400, "MaxPostPreData");
    refused(send("--mark\r\nno form", "multipart/form-data; boundary=mark"), 400, "MalformedPOST");
    refused(send("--mark--\r\n", "multipart/form-data; boundary=mark"), 400, "exactly one file");
    refused(send("x", "text/plain"), 412, "PreconditionFailed");
  }
}
