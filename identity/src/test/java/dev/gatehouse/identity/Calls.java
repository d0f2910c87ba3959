package dev.gatehouse.identity;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Calls as clients make them. */
final class Calls {
  static final Instant NOW = Instant.parse("2026-11-22T05:18:47Z");

  private Calls() {}

  static HttpCall plain(String method, String target, String... headers) {
    return call(method, target, Headers.of(headers), "");
  }

  static HttpCall call(String method, String target, Headers headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new HttpCall(
        method,
        target,
        headers,
        new ByteArrayInputStream(bytes),
        bytes.length,
        new InetSocketAddress("127.0.0.1", 1),
        false);
  }

  /** A call signed by the AWS SDK; {@code expires} makes it a presigned URL. */
  static HttpCall signed(
      Credential who, String service, String method, String path, String body, Duration expires) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create("http://localhost:4566"))
            .encodedPath(path)
            .build();
    AwsCredentialsIdentity identity =
        who.sessionToken() == null
            ? AwsCredentialsIdentity.create(who.accessKeyId(), who.secretAccessKey())
            : AwsSessionCredentialsIdentity.create(
                who.accessKeyId(), who.secretAccessKey(), who.sessionToken());
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.builder(identity)
            .request(request)
            .payload(expires == null ? ContentStreamProvider.fromUtf8String(body) : null)
            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
            .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
    if (expires != null) {
      sign.putProperty(
              AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
          .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
          .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, expires);
    }
    SdkHttpRequest result = AwsV4HttpSigner.create().sign(sign.build()).request();
    List<Headers.Header> lines = new ArrayList<>();
    result.forEachHeader(
        (name, values) -> values.forEach(v -> lines.add(new Headers.Header(name, v))));
    String query = result.encodedQueryParameters().map(q -> "?" + q).orElse("");
    return call(method, result.encodedPath() + query, new Headers(lines), body);
  }

  static HttpCall withTarget(HttpCall call, String target) {
    return new HttpCall(
        call.method(),
        target,
        call.headers(),
        call.body(),
        call.bodyLength(),
        call.peer(),
        call.secure());
  }

  static HttpCall withHeader(HttpCall call, String name, String value) {
    return new HttpCall(
        call.method(),
        call.target(),
        call.headers().with(name, value),
        call.body(),
        call.bodyLength(),
        call.peer(),
        call.secure());
  }
}
