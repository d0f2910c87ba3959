package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Requests signed by the AWS SDK's own signers, as calls. */
final class SdkCalls {
  static final Instant NOW = Instant.parse("2026-11-22T05:18:47Z");
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final AwsCredentialsIdentity KEY = AwsCredentialsIdentity.create("AKIDEXAMPLE", SECRET);
  static final AwsCredentialsIdentity TEMPORARY =
      AwsSessionCredentialsIdentity.create("ASIAEXAMPLE", SECRET, "token/with+odd=characters");

  private SdkCalls() {}

  static SdkHttpRequest.Builder request(String method, String path) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.fromValue(method))
        .uri(URI.create("http://localhost:4566"))
        .encodedPath(path);
  }

  static HttpCall header(
      SdkHttpRequest request, byte[] body, String service, AwsCredentialsIdentity who) {
    return signed(request, body, service, who, _ -> {});
  }

  static HttpCall presigned(SdkHttpRequest request, String service, AwsCredentialsIdentity who) {
    return signed(
        request,
        null,
        service,
        who,
        sign ->
            sign.putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(10))
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, !service.equals("s3")));
  }

  static HttpCall signed(
      SdkHttpRequest request,
      byte[] body,
      String service,
      AwsCredentialsIdentity who,
      Consumer<SignRequest.Builder<AwsCredentialsIdentity>> more) {
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(who)
            .request(request)
            .payload(body == null ? null : ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
            .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
            .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, !service.equals("s3"))
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
    more.accept(sign);
    return call(AwsV4HttpSigner.create().sign(sign.build()));
  }

  /** The claim of a call that must have one. */
  static Claim claim(HttpCall call) {
    return ((ClaimReader.Signed) ClaimReader.read(call)).claim();
  }

  static HttpCall call(SignedRequest signed) {
    SdkHttpRequest request = signed.request();
    List<Headers.Header> lines = new ArrayList<>();
    request.forEachHeader((name, values) ->
        values.forEach(value -> lines.add(new Headers.Header(name, wire(value)))));
    byte[] body = signed.payload().map(SdkCalls::bytes).orElse(new byte[0]);
    return new HttpCall(
        request.method().name(),
        request.encodedPath() + request.encodedQueryParameters().map(q -> "?" + q).orElse(""),
        new Headers(lines),
        new ByteArrayInputStream(body),
        body.length,
        new InetSocketAddress("127.0.0.1", 1),
        false);
  }

  static HttpCall with(HttpCall call, String method, String target, Headers headers) {
    return new HttpCall(
        method, target, headers, call.body(), call.bodyLength(), call.peer(), call.secure());
  }

  /** A text as a server reads it that takes each byte for a character. */
  static String wire(String text) {
    return new String(utf8(text), StandardCharsets.ISO_8859_1);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ContentStreamProvider payload) {
    try (InputStream in = payload.newStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
