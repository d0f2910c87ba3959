package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GatehouseCommandTest {

  private record Ran(int code, String out, String err) {}

  @Test
  void versionIsTheBuilds() {
    assertThat(run("--version").out()).matches("gatehouse \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void everyHelpHasAnExample() {
    assertThat(run("-h").out()).contains("Example: gatehouse", "Exit codes:");
    assertHelp(GatehouseCommand.commandLine());
  }

  private static void assertHelp(CommandLine command) {
    command
        .getSubcommands()
        .forEach((_, below) -> {
          String qualified = below.getCommandSpec().qualifiedName();
          assertThat(below.getUsageMessage()).containsPattern("Examples?: " + qualified);
          assertHelp(below);
        });
  }

  @Test
  void whatIsLeftOutOfAStartIsNotMissed() {
    String whole = GatehouseCommand.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(GatehouseCommand.commandLine("-h").getUsageMessage(CommandLine.Help.Ansi.OFF))
        .isEqualTo(whole);
    for (Verb verb : Verb.all()) {
      CommandLine only = GatehouseCommand.commandLine(verb.name(), "-h");
      CommandLine one = only.getSubcommands().get(verb.name());
      CommandLine among = GatehouseCommand.commandLine().getSubcommands().get(verb.name());
      assertThat(one.getUsageMessage()).isEqualTo(among.getUsageMessage());
      assertThat(verb.command().getAnnotation(CommandLine.Command.class).name())
          .isEqualTo(verb.name());
    }
  }

  @Test
  void thePageHasEveryCommandWithItsExample() throws Exception {
    String page = Files.readString(Path.of("../docs/commands.md"));
    assertPage(GatehouseCommand.commandLine(), page);
    for (String code :
        GatehouseCommand.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet()) {
      assertThat(page).contains("\n| " + code + " | ");
    }
  }

  private static void assertPage(CommandLine command, String page) {
    command
        .getSubcommands()
        .forEach((_, below) -> {
          if (below.getSubcommands().isEmpty()) {
            var usage = below.getCommandSpec().usageMessage();
            String name = below.getCommandSpec().qualifiedName().replaceFirst("gatehouse ", "");
            String example = usage.footer()[1].replaceFirst("Examples?: ", "").replace("|", "\\|");
            assertThat(page)
                .contains(
                    "| `%s` | %s | `%s` |"
                        .formatted(name, usage.header()[0].replace("|", "\\|"), example));
          }
          assertPage(below, page);
        });
  }

  @Test
  void everyCommandThatAnswersAnswersInJsonToo() {
    assertOutput(GatehouseCommand.commandLine());
  }

  private static void assertOutput(CommandLine command) {
    command
        .getSubcommands()
        .forEach((name, below) -> {
          boolean runs = Set.of("serve", "demo", "chat", "completion").contains(name);
          if (below.getSubcommands().isEmpty() && !runs) {
            assertThat(below.getCommandSpec().optionsMap()).as(name).containsKey("--output");
          }
          assertOutput(below);
        });
  }

  @Test
  void whatAwsHasNoCallForIsNotAskedThere() {
    for (String command : List.of("status", "top", "requests", "explain /a")) {
      Ran ran = run((command + " --aws").split(" "));
      assertThat(ran.code()).as(command).isEqualTo(1);
      assertThat(ran.err()).contains("ask a Gatehouse, without --aws").hasLineCount(1);
    }
  }

  @Test
  void shellsCanCompleteEveryCommand() {
    assertThat(run("completion").out()).contains("complete -F", "doctor", "deployments");
  }

  @Test
  void wrongUsageIsOneLineThatNamesTheNextStep() {
    assertUsage(run(), "see gatehouse --help");
    assertUsage(run("surf"), "surf");
    assertUsage(run("serve", "--prot", "1"), "see gatehouse serve --help");
    assertUsage(run("serve", "--port", "many"), "--port");
    assertUsage(run("deployments"), "see gatehouse deployments --help");
    assertUsage(run("deployments", "ls"), "see gatehouse deployments ls --help");
    assertUsage(run("deployments", "ls", "a", "--output", "xml"), "--output");
  }

  @Test
  void whereNothingAnswersTheNextStepIsToStartAServer() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Ran ran = run("deployments", "ls", "a", "--endpoint", "http://127.0.0.1:" + free);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("gatehouse: nothing answers at http://127.0.0.1:" + free)
        .contains("gatehouse serve", "--endpoint")
        .hasLineCount(1);
    for (String command :
        List.of(
            "api ls", "routes a", "keys ls", "invoke f", "prune", "doctor", "status", "logs f")) {
      Ran unheard = run((command + " --endpoint http://127.0.0.1:" + free).split(" "));
      assertThat(unheard.code()).as(command).isEqualTo(1);
      assertThat(unheard.err()).as(command).contains("gatehouse serve").hasLineCount(1);
    }
    Ran wrong = run("deployments", "ls", "a", "--endpoint", "localhost:4566");
    assertThat(wrong.err()).contains("--endpoint as in").hasLineCount(1);
  }

  private static void assertUsage(Ran ran, String part) {
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("gatehouse: ").contains(part).hasLineCount(1);
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        GatehouseCommand.commandLine(arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
