package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class GatehouseCommandTest {

  private record Ran(int code, String out, String err) {}

  @Test
  void versionIsTheBuilds() {
    assertThat(run("--version").out()).matches("gatehouse \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void everyHelpHasAnExample() {
    assertThat(run("-h").out()).contains("Example: gatehouse", "Exit codes:");
    assertThat(run("serve", "-h").out()).contains("Example: gatehouse serve");
    assertThat(run("demo", "--help").out()).contains("Example: gatehouse demo");
  }

  @Test
  void wrongUsageIsOneLineThatNamesTheNextStep() {
    assertUsage(run(), "see gatehouse --help");
    assertUsage(run("surf"), "surf");
    assertUsage(run("serve", "--prot", "1"), "see gatehouse serve --help");
    assertUsage(run("serve", "--port", "many"), "--port");
  }

  private static void assertUsage(Ran ran, String part) {
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("gatehouse: ").contains(part).hasLineCount(1);
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        GatehouseCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
