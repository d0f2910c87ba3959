package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Page;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the pages under docs, as they stand there (those of client.md are Java's), and
 * the links of every page.
 */
class DocsIT {
  @TempDir Path folder;

  static List<Page> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String folder :
        List.of("", "docs", "bench", "examples/image-pipeline/script", "examples/websocket-chat")) {
      pages.addAll(Page.in(folder));
    }
    return pages;
  }

  @Test
  void theCommandsOfEachPageSucceed() throws Exception {
    try (RunningGatehouse gatehouse =
        RunningGatehouse.start(
            folder.resolve("data"),
            "extensions: {streaming: on, timeout: 2m, web-socket-pass-through: on}\n")) {
      HttpApi api = HttpApi.create(gatehouse);
      String integration = api.url("https://example.com");
      Map<String, String> environment =
          Map.of(
              "URL",
              gatehouse.url().toString(),
              "API",
              api.id(),
              "INTEGRATION",
              integration,
              "AWS_ACCESS_KEY_ID",
              "test",
              "AWS_SECRET_ACCESS_KEY",
              "test",
              "AWS_DEFAULT_REGION",
              "us-east-1");
      int run = 0;
      for (Page page : Page.in("docs")) {
        String commands =
            String.join("\n", page.commands()).replace("http://localhost:4566", "$URL");
        run += commands.isEmpty() ? 0 : 1;
        Program.Result result =
            Program.run(
                folder,
                environment,
                "bash",
                "-euc",
                "aws() { /usr/bin/aws --endpoint-url $URL \"$@\"; }\n"
                    + "curl() { command curl -sS --fail-with-body \"$@\"; }\n"
                    + commands);
        assertThat(result.exit()).as("%s: %s", page, result.output()).isZero();
      }
      assertThat(run).as("pages that have commands").isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Page page) throws IOException {
    assertThat(page.brokenLinks()).isEmpty();
  }
}
