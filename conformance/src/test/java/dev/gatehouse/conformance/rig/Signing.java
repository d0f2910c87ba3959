package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Requests to APIs, signed by the AWS SDK.
 *
 * @param ago how long before now they say that they were signed
 */
public record Signing(AwsCredentials who, String service, String region, Duration ago) {

  /** Requests as they should be. */
  public static Signing by(AwsCredentials who) {
    return new Signing(who, "execute-api", "us-east-1", Duration.ZERO);
  }

  /** A request that is signed, to be sent as it is or spoiled first. */
  public record Signed(String method, String target, List<String> headers, byte[] body) {

    /** Sends it to where its host is. */
    public Reply send(Http http) throws IOException {
      return http.send(method, target, body, headers.toArray(String[]::new));
    }

    /** The same with another body. */
    public Signed with(String other) {
      return new Signed(method, target, headers, other.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A request with its signature in a header. */
  public Signed header(HttpApi api, String method, String target, String body, String... headers) {
    return sign(api.host(), method, target, body, List.of(headers), more -> {});
  }

  /** The same to any host. */
  public Signed header(String host, String method, String target, String body) {
    return sign(host, method, target, body, List.of(), more -> {});
  }

  /** The lines that sign a handshake, but for its host. */
  public String[] handshake(SocketApi api, String target) {
    return sign(api.host(), "GET", target, "", List.of(), more -> {}).headers().stream()
        .filter(line -> !line.startsWith("Host:"))
        .toArray(String[]::new);
  }

  /** A request with its signature in the query. */
  public Signed query(HttpApi api, String method, String target) {
    return query(api.host(), method, target);
  }

  /** The same to any host. */
  public Signed query(String host, String method, String target) {
    return sign(
        host,
        method,
        target,
        "",
        List.of(),
        more ->
            more.putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(2)));
  }

  private Signed sign(
      String host,
      String method,
      String target,
      String body,
      List<String> headers,
      Consumer<SignRequest.Builder<AwsCredentialsIdentity>> more) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create("http://" + host + target));
    for (String line : headers) {
      int colon = line.indexOf(':');
      request.appendHeader(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SignRequest.Builder<AwsCredentialsIdentity> sign =
        SignRequest.<AwsCredentialsIdentity>builder(who)
            .request(request.build())
            .payload(ContentStreamProvider.fromByteArray(bytes))
            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(
                HttpSigner.SIGNING_CLOCK,
                Clock.fixed(Clock.systemUTC().instant().minus(ago), ZoneOffset.UTC));
    more.accept(sign);
    SdkHttpRequest signed = AwsV4HttpSigner.create().sign(sign.build()).request();
    List<String> lines = new ArrayList<>();
    signed.forEachHeader((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
    String query = signed.encodedQueryParameters().map(text -> "?" + text).orElse("");
    return new Signed(method, signed.encodedPath() + query, List.copyOf(lines), bytes);
  }
}
