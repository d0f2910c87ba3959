package dev.gatehouse.example.image;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3, or of what speaks S3 at {@code AWS_ENDPOINT_URL}. */
final class S3Bucket implements Bucket {

  private final S3Client s3;
  private final String name;

  private S3Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /**
   * The bucket that the environment names.
   *
   * @throws IllegalArgumentException where it names none, or no region is to be found
   */
  static S3Bucket of(Map<String, String> environment) {
    String name = environment.getOrDefault("BUCKET", "");
    if (name.isBlank()) {
      throw new IllegalArgumentException("set BUCKET to the name of the bucket with the images");
    }
    S3ClientBuilder s3 = S3Client.builder().httpClient(UrlConnectionHttpClient.create());
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    if (!endpoint.isBlank()) {
      s3.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
    }
    try {
      return new S3Bucket(s3.build(), name);
    } catch (SdkException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public byte[] read(String key, int atMost) {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(get -> get.bucket(name).key(key))) {
      byte[] bytes = object.readNBytes(atMost + 1);
      if (bytes.length > atMost) {
        object.abort();
        throw new Refusal(413, "the object " + key + " is longer than " + atMost + " bytes");
      }
      return bytes;
    } catch (NoSuchKeyException e) {
      throw new Refusal(404, "the bucket " + name + " has no object " + key, e);
    } catch (SdkException | IOException e) {
      throw unanswered("read", key, e);
    }
  }

  @Override
  public void store(String key, byte[] png) {
    try {
      s3.putObject(
          put -> put.bucket(name).key(key).contentType("image/png"), RequestBody.fromBytes(png));
    } catch (SdkException e) {
      throw unanswered("store", key, e);
    }
  }

  private Refusal unanswered(String what, String key, Exception e) {
    String why =
        e instanceof S3Exception s3Says && s3Says.awsErrorDetails() != null
            ? s3Says.awsErrorDetails().errorCode()
            : "no answer";
    System.err.println("image-service: could not " + what + " " + name + "/" + key + ": " + e);
    return new Refusal(502, "could not " + what + " " + key + " in " + name + ": " + why, e);
  }
}
