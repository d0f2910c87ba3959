package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Chromium;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Tab;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse demo chat}, in a real browser: one page without TLS, the other with it. */
class ChatIT {
  private static final String MESSAGES = "document.getElementById('messages').innerText";

  @TempDir private Path folder;

  @Test
  void twoPagesTalkToEachOtherAndOneSeesTheOtherLeave() throws Exception {
    Path profile = Files.createDirectory(folder.resolve("profile"));
    try (Program demo =
            Program.start(
                folder, Map.of(), RunningGatehouse.launcher().toString(), "demo", "chat");
        Chromium browser = Chromium.start(profile)) {
      demo.await("Ctrl-C stops it");
      assertThat(demo.output()).contains("every check held");
      URI page = page(demo.output());
      URI secure = URI.create(page.toString().replaceFirst("^http:", "https:"));
      try (Tab ann = browser.open(page);
          Tab bob = browser.open(secure)) {
        join(ann, "Ann");
        join(bob, "Bob <b>");
        ann.await(MESSAGES, "Bob <b> has joined.");
        say(ann, "Hello, \"Bob\" & all. ✓");
        bob.await(MESSAGES, "Ann: Hello, \"Bob\" & all. ✓");
        ann.await(MESSAGES, "Ann: Hello, \"Bob\" & all. ✓");
        say(bob, "Hello, Ann.");
        ann.await(MESSAGES, "Bob <b>: Hello, Ann.");
        bob.close();
        ann.await(MESSAGES, "Bob <b> has left.");
        assertThat(ann.evaluate(MESSAGES)).doesNotContain("The server says", "You are out.");
      }
      demo.interrupt();
      assertThat(demo.result().exit()).isEqualTo(130);
      assertThat(demo.leftBehind()).isEmpty();
    }
  }

  private static URI page(String output) {
    Matcher page = Pattern.compile("The page is at (\\S+)").matcher(output);
    assertThat(page.find()).as(output).isTrue();
    return URI.create(page.group(1));
  }

  private static void join(Tab tab, String name) throws Exception {
    submit(tab, "join", "name", name);
    tab.await(MESSAGES, "You are in.");
  }

  private static void say(Tab tab, String text) throws Exception {
    submit(tab, "say", "text", text);
  }

  private static void submit(Tab tab, String form, String field, String value) throws Exception {
    String text = value.replace("\\", "\\\\").replace("'", "\\'");
    tab.evaluate("document.getElementById('" + field + "').value = '" + text + "'");
    tab.evaluate("document.getElementById('" + form + "').requestSubmit()");
  }
}
