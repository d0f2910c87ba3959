package dev.gatehouse.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the client's page shows is what {@link ClientExamples} has, which {@link ClientIT} runs. */
class ClientDocsTest {
  private static final Path EXAMPLES =
      Path.of("src/test/java/dev/gatehouse/conformance/client/ClientExamples.java");

  @Test
  void everyBlockOfThePageIsAnExampleThatRuns() throws Exception {
    String source = Files.readString(EXAMPLES);
    Matcher block =
        Pattern.compile("```java (\\w+)\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/client.md")));
    List<String> seen = new ArrayList<>();
    while (block.find()) {
      seen.add(block.group(1));
      assertThat(region(source, block.group(1))).isEqualTo(block.group(2));
    }
    assertThat(seen).contains("items", "chat", "send", "cognito", "vpcLink", "allOrNothing");
  }

  private static String region(String source, String name) {
    Matcher region =
        Pattern.compile("// @start region=\"" + name + "\"\n(.*?)\n *// @end", Pattern.DOTALL)
            .matcher(source);
    assertThat(region.find()).as(name).isTrue();
    return region.group(1).stripIndent() + "\n";
  }
}
