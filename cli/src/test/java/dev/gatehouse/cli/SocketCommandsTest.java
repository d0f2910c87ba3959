package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gatehouse ws …} refuses before it asks any server. */
class SocketCommandsTest {
  private static final String ID = "A".repeat(15) + "=";

  @TempDir private Path directory;

  @Test
  void awsDoesNotTellWhoIsConnected() {
    refused("AWS has no call that tells who is connected", "ls", "chat", "--aws");
    refused("AWS has no call", "send", "chat", "--all", "--text", "hello", "--aws");
  }

  @Test
  void aMessageIsGivenOnceAndFits() throws Exception {
    refused("send it with --text", "send", "chat", ID, "--json", "{");
    refused("ids of connections, or --all", "send", "chat", "--text", "hello");
    refused("ids of connections, or --all", "send", "chat", ID, "--all", "--text", "hello");
    Path large = Files.writeString(directory.resolve("large"), "x".repeat(131_073));
    refused("131072 bytes at most", "send", "chat", ID, "--file", large.toString());
    refused("check --file", "send", "chat", ID, "--file", directory.resolve("none").toString());
    assertThat(run(new StringWriter(), "send", "chat", ID)).isEqualTo(2);
    assertThat(run(new StringWriter(), "send", "chat", ID, "--text", "a", "--json", "1"))
        .isEqualTo(2);
  }

  @Test
  void aConnectionNeedsAUrlAndHeadersWithNames() {
    refused("'Name: value'", "connect", "ws://127.0.0.1:1/", "-H", "colour");
    refused("--header", "connect", "ws://127.0.0.1:1/", "-H", "Host: elsewhere");
    refused("escape what is none", "connect", "ws://127.0.0.1:1/a b");
    refused("start a server with gatehouse serve", "connect", "ws://127.0.0.1:1/prod");
    refused("check --ca", "connect", "wss://127.0.0.1:1/", "--ca", directory + "/none");
  }

  private static void refused(String part, String... arguments) {
    StringWriter err = new StringWriter();
    assertThat(run(err, arguments)).isEqualTo(1);
    assertThat(err.toString()).startsWith("gatehouse: ").contains(part).hasLineCount(1);
  }

  private static int run(StringWriter err, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "ws";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return GatehouseCommand.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(all);
  }
}
