package dev.gatehouse.example.presign;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs URLs for one bucket. Nothing here goes over the network: a presigned URL is arithmetic. */
final class Presigner {

  private static final Duration LONGEST = Duration.ofDays(7);

  private final S3Presigner signer;
  private final String bucket;
  private final Duration lifetime;

  private Presigner(S3Presigner signer, String bucket, Duration lifetime) {
    this.signer = signer;
    this.bucket = bucket;
    this.lifetime = lifetime;
  }

  /**
   * A presigner as the function's environment says: {@code BUCKET}; {@code URL_SECONDS}, 300 unless
   * set; {@code AWS_REGION} and the credentials, which Lambda sets; {@code AWS_ENDPOINT_URL} where
   * S3 is not AWS's, with the bucket in the path then.
   */
  static Presigner of(Map<String, String> environment) {
    S3Presigner.Builder signer =
        S3Presigner.builder()
            .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
            .credentialsProvider(StaticCredentialsProvider.create(credentials(environment)));
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    if (!endpoint.isBlank()) {
      signer
          .endpointOverride(URI.create(endpoint))
          .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build());
    }
    return new Presigner(signer.build(), required(environment, "BUCKET"), lifetime(environment));
  }

  /** The function's own credentials, which stay the same as long as its process lives. */
  private static AwsCredentials credentials(Map<String, String> environment) {
    String key = required(environment, "AWS_ACCESS_KEY_ID");
    String secret = required(environment, "AWS_SECRET_ACCESS_KEY");
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return token.isEmpty()
        ? AwsBasicCredentials.create(key, secret)
        : AwsSessionCredentials.create(key, secret, token);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalStateException("the environment variable " + name + " is not set");
    }
    return value;
  }

  private static Duration lifetime(Map<String, String> environment) {
    Duration lifetime =
        Duration.ofSeconds(Long.parseLong(environment.getOrDefault("URL_SECONDS", "300")));
    if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalStateException("URL_SECONDS must be between 1 and " + LONGEST.toSeconds());
    }
    return lifetime;
  }

  String upload(PresignRequest.Upload upload) {
    return signer
        .presignPutObject(put ->
            put.signatureDuration(lifetime)
                .putObjectRequest(object -> object.bucket(bucket).key(upload.key())))
        .url()
        .toString();
  }

  String download(PresignRequest.Download download) {
    return signer
        .presignGetObject(get ->
            get.signatureDuration(lifetime)
                .getObjectRequest(object -> object.bucket(bucket).key(download.key())))
        .url()
        .toString();
  }
}
