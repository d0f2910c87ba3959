package dev.gatehouse.cli.remote;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Who calls, as AWS tools are told: by the environment, else by the profile, else {@code test} in
 * {@code us-east-1}, which a Gatehouse on one's own machine takes.
 */
public record AwsSettings(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken, String region) {

  private static final String LOCAL = "test";

  /**
   * As the AWS SDK finds them for AWS itself: environment, profiles with their roles and single
   * sign-on, containers, instances.
   *
   * @throws CallFailed where there is no region or no credential
   */
  static AwsSettings ofAws() {
    try {
      String region = DefaultAwsRegionProviderChain.builder().build().getRegion().id();
      AwsCredentials found = DefaultCredentialsProvider.builder().build().resolveCredentials();
      String token = found instanceof AwsSessionCredentials session ? session.sessionToken() : null;
      return new AwsSettings(found.accessKeyId(), found.secretAccessKey(), token, region);
    } catch (SdkClientException none) {
      throw new CallFailed(
          0, "there are no AWS credentials or no region; set AWS_PROFILE and AWS_REGION");
    }
  }

  /** The same as the AWS SDK has it. */
  public AwsCredentials credentials() {
    return sessionToken == null
        ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
        : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken);
  }

  /** The settings of an environment and the files that it names. */
  public static AwsSettings of(Map<String, String> environment) {
    String name = set(environment, "AWS_PROFILE").orElse("default");
    Optional<Profile> profile = ProfileFile.defaultProfileFile().profile(name);
    if (profile.isEmpty() && environment.containsKey("AWS_PROFILE")) {
      throw new CallFailed(0, "there is no AWS profile " + name + "; check AWS_PROFILE");
    }
    return of(environment, profile.map(Profile::properties).orElse(Map.of()));
  }

  /** A key, its secret and its token always come from one place. */
  public static AwsSettings of(Map<String, String> environment, Map<String, String> profile) {
    String region =
        set(environment, "AWS_REGION")
            .or(() -> set(environment, "AWS_DEFAULT_REGION"))
            .or(() -> set(profile, "region"))
            .orElse("us-east-1");
    if (set(environment, "AWS_ACCESS_KEY_ID").isPresent()) {
      return of(
          environment, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", region);
    }
    if (set(profile, "aws_access_key_id").isPresent()) {
      return of(profile, "aws_access_key_id", "aws_secret_access_key", "aws_session_token", region);
    }
    return new AwsSettings(LOCAL, LOCAL, null, region);
  }

  private static AwsSettings of(
      Map<String, String> place, String id, String secret, String token, String region) {
    return new AwsSettings(
        set(place, id).orElseThrow(),
        set(place, secret)
            .orElseThrow(() -> new CallFailed(0, id + " is set without a secret; set " + secret)),
        set(place, token).orElse(null),
        region);
  }

  private static Optional<String> set(Map<String, String> place, String name) {
    return Optional.ofNullable(place.get(name)).filter(value -> !value.isBlank());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "AwsSettings[" + accessKeyId + ", " + region + "]";
  }
}
