package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AccessKeysTest {
  private static final Credential ANN =
      new Credential(
          "AKIAANN", "s3cret", null, "111122223333", "arn:aws:iam::111122223333:user/ann");

  @Test
  void theWellKnownKeysAreThereInOpenModeOnly() {
    AccessKeys open = new AccessKeys(true, List.of());
    assertThat(open.find("test", null).orElseThrow().account()).isEqualTo("000000000000");
    assertThat(open.find("444455556666", null).orElseThrow())
        .isEqualTo(
            new Credential(
                "444455556666", "test", null, "444455556666", "arn:aws:iam::444455556666:root"));
    assertThat(open.find("44445555666", null)).isEmpty();
    AccessKeys closed = new AccessKeys(false, List.of(ANN));
    assertThat(closed.find("test", null)).isEmpty();
    assertThat(closed.find("444455556666", null)).isEmpty();
    assertThat(closed.find("AKIAANN", null)).contains(ANN);
  }

  @Test
  void configuredKeysGoFirst() {
    Credential own = new Credential("test", "mine", null, "111122223333", "arn");
    assertThat(new AccessKeys(true, List.of(own)).find("test", null)).contains(own);
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> new AccessKeys(true, List.of(ANN, ANN)))
        .hasMessageContaining("AKIAANN")
        .message()
        .doesNotContain("s3cret");
  }
}
