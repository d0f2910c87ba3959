package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServeOptionsTest {

  @Test
  void plainOptionsAreRead() {
    assertThat(ServeOptions.plain("serve"))
        .contains(new ServeOptions(null, null, null, false, false));
    assertThat(ServeOptions.plain("serve", "--port", "0", "--ephemeral"))
        .contains(new ServeOptions(null, 0, null, true, false));
    assertThat(ServeOptions.plain("serve", "--data", "a b", "--port", "80"))
        .contains(new ServeOptions(null, 80, Path.of("a b"), false, false));
    assertThat(ServeOptions.plain("serve", "--config", "c.yaml"))
        .contains(new ServeOptions(Path.of("c.yaml"), null, null, false, false));
  }

  @Test
  void whatIsNotPlainIsLeftToPicocli() {
    assertThat(ServeOptions.plain()).isEmpty();
    assertThat(ServeOptions.plain("demo")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--help")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--port")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--port", "many")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--port=1")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--data", "--ephemeral")).isEmpty();
    assertThat(ServeOptions.plain("serve", "--data", "d", "--ephemeral")).isEmpty();
  }
}
