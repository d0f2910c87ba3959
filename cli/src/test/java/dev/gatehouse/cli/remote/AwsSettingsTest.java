package dev.gatehouse.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {
  private static final Map<String, String> PROFILE =
      Map.of(
          "aws_access_key_id", "AKIDPROFILE",
          "aws_secret_access_key", "profile-secret",
          "region", "eu-west-1");

  @Test
  void withoutSettingsItIsTheLocalKey() {
    assertThat(AwsSettings.of(Map.of(), Map.of()))
        .isEqualTo(new AwsSettings("test", "test", null, "us-east-1"));
  }

  @Test
  void theEnvironmentGoesBeforeTheProfile() {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", "AKID",
            "AWS_SECRET_ACCESS_KEY", "s",
            "AWS_SESSION_TOKEN", "t",
            "AWS_DEFAULT_REGION", "eu-north-1");
    assertThat(AwsSettings.of(environment, PROFILE))
        .isEqualTo(new AwsSettings("AKID", "s", "t", "eu-north-1"));
    assertThat(AwsSettings.of(Map.of("AWS_REGION", "a", "AWS_DEFAULT_REGION", "b"), PROFILE))
        .isEqualTo(new AwsSettings("AKIDPROFILE", "profile-secret", null, "a"));
  }

  @Test
  void aProfilesRegionIsUsed() {
    assertThat(AwsSettings.of(Map.of("AWS_REGION", ""), PROFILE).region()).isEqualTo("eu-west-1");
  }

  @Test
  void aKeyWithoutItsSecretIsRefusedRatherThanMixed() {
    assertThatThrownBy(() -> AwsSettings.of(Map.of("AWS_ACCESS_KEY_ID", "AKID"), PROFILE))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void noSecretIsPrinted() {
    assertThat(new AwsSettings("AKID", "hidden", "hidden too", "r").toString())
        .contains("AKID")
        .doesNotContain("hidden");
  }
}
