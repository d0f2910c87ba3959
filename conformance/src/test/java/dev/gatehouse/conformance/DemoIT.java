package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Program;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gatehouse demo}, as a newcomer runs it. All of it while port 4566 is taken: by this test
 * or, where that is so, by somebody else.
 */
class DemoIT {
  private static final int USUAL_PORT = 4566;
  private static final String LAUNCHER =
      Path.of(System.getProperty("gatehouse.home", "../dist/target/gatehouse"), "bin", "gatehouse")
          .toAbsolutePath()
          .normalize()
          .toString();

  @TempDir Path folder;
  private ServerSocket taken;

  @BeforeEach
  void takeTheUsualPort() throws IOException {
    taken = new ServerSocket();
    try {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), USUAL_PORT));
    } catch (BindException alreadyTaken) {
      taken.close();
    }
  }

  @AfterEach
  void giveThePortBack() throws IOException {
    taken.close();
  }

  @Test
  void onceChecksEverythingAndLeavesNothingBehind() throws Exception {
    try (Program demo = Program.start(folder, Map.of(), LAUNCHER, "demo", "--once")) {
      Program.Result result = demo.result();
      assertThat(result.exit()).as(result.output()).isZero();
      assertThat(result.output()).contains("every check held", "every pixel", "/invocations");
      if (taken
          .isBound()) { // else somebody else had the port, and may have given it back meanwhile
        assertThat(result.output()).doesNotContain("127.0.0.1:" + USUAL_PORT);
      }
      assertThat(demo.leftBehind()).isEmpty();
    }
  }

  @Test
  void withoutOnceItServesUntilCtrlC() throws Exception {
    try (Program demo = Program.start(folder, Map.of(), LAUNCHER, "demo")) {
      demo.await("Ctrl-C stops it");
      Matcher endpoint = Pattern.compile("The API is at (\\S+)").matcher(demo.output());
      assertThat(endpoint.find()).isTrue();
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest ping = HttpRequest.newBuilder(URI.create(endpoint.group(1) + "/ping")).build();
        assertThat(http.send(ping, BodyHandlers.ofString()).body())
            .isEqualTo("{\"status\":\"ok\"}");
      }
      demo.interrupt();
      assertThat(demo.result().exit()).isEqualTo(130);
      assertThat(demo.leftBehind()).isEmpty();
    }
  }

  @Test
  void brokenOffHalfWayItSaysWhatHappenedAndLeavesNothingBehind() throws Exception {
    try (Program demo = Program.start(folder, Map.of(), LAUNCHER, "demo", "--once")) {
      demo.await("image service");
      demo.killBelow(" serve --port ");
      Program.Result result = demo.result();
      assertThat(result.exit()).as(result.output()).isEqualTo(1);
      assertThat(result.output()).contains("failed", "gatehouse: ", "the end of its log");
      assertThat(demo.leftBehind()).isEmpty();
    }
  }

  @Test
  void theServerRunsOnItsAotCache() throws Exception {
    Path data = folder.resolve("data");
    try (Program serve =
        Program.start(
            folder, Map.of(), LAUNCHER, "serve", "--port", "0", "--data", data.toString())) {
      serve.await("http://");
      String maps = Files.readString(Path.of("/proc/" + serve.process().pid() + "/maps"));
      assertThat(maps).containsPattern("gatehouse-\\d+-\\d+\\.aot");
      assertThat(serve.output()).doesNotContain("[aot]", "[cds]", "preparing");
    }
  }
}
