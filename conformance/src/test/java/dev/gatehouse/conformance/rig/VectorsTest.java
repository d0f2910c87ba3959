package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class VectorsTest {
  @TempDir Path directory;

  @Test
  void theListHoldsEveryVectorOnce() {
    List<Vectors.Entry> all = Vectors.all();
    assertThat(all).extracting(Vectors.Entry::id).doesNotHaveDuplicates();
    assertThat(
            all.stream()
                .collect(Collectors.groupingBy(Vectors.Entry::document, Collectors.counting())))
        .containsEntry("control plane", 75L)
        .containsEntry("HTTP APIs", 112L)
        .containsEntry("WebSocket APIs", 60L)
        .hasSize(3);
  }

  @Test
  void testsClaimOnlyVectorsThatThereAre() throws Exception {
    Set<String> known = Vectors.all().stream().map(Vectors.Entry::id).collect(Collectors.toSet());
    Path classes =
        Path.of(Vectors.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      List<String> claimed =
          files
              .filter(file -> file.toString().endsWith("IT.class"))
              .map(file -> classes.relativize(file).toString())
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .flatMap(VectorsTest::claims)
              .toList();
      assertThat(claimed).isNotEmpty().allMatch(known::contains);
    }
  }

  private static Stream<String> claims(String className) {
    try {
      return Stream.of(Class.forName(className).getDeclaredMethods())
          .map((Method method) -> method.getAnnotation(Vector.class))
          .filter(vector -> vector != null)
          .flatMap(vector -> Arrays.stream(vector.value()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aVectorHoldsWhenAllItsTestsPass() throws Exception {
    Path report = directory.resolve("vectors.txt");
    LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build())
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Sample.class)).build(),
            new VectorTally(report, new PrintStream(OutputStream.nullOutputStream())));

    List<String> lines = Files.readAllLines(report);
    Function<String, String> state =
        id ->
            lines.stream()
                .filter(line -> line.matches("[a-z ]{7} " + id + " .*"))
                .map(line -> line.substring(0, 7).strip())
                .findFirst()
                .orElseThrow();
    assertThat(state.apply("K01")).isEqualTo("holds");
    assertThat(state.apply("K02")).isEqualTo("fails");
    assertThat(state.apply("K03")).isEqualTo("fails");
    assertThat(state.apply("K04")).isEqualTo("no test");
    assertThat(lines)
        .startsWith(
            "Vectors, control plane: 1 of 75 hold, 2 fail, 72 have no test",
            "Vectors, HTTP APIs: 0 of 112 hold, 0 fail, 112 have no test")
        .anyMatch(line -> line.endsWith("VectorsTest$Sample.failing"));
  }

  /** Not run by the build: what the tally is tried on. */
  static final class Sample {
    @Test
    @Vector({"K01", "K02"})
    void passing() {}

    @Test
    @Vector("K02")
    void failing() {
      throw new AssertionError("on purpose");
    }

    @Test
    @Disabled("on purpose")
    @Vector("K03")
    void skipped() {}
  }
}
