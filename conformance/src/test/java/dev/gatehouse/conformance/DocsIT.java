package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the pages under docs, as they stand there; those of client.md are Java's. */
class DocsIT {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  @TempDir Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String commands(Path page) throws IOException {
    StringBuilder commands = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(page));
    while (block.find()) {
      commands.append(block.group(1));
    }
    return commands.toString();
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
      for (Path page : pages()) {
        String commands = commands(page).replace("http://localhost:4566", "$URL");
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
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      assertThat(DOCS.resolve(link.group(1))).as(page.toString()).exists();
    }
  }
}
