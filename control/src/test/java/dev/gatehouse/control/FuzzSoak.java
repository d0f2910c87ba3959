package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs Jazzer on every target, each for its share of the seconds; only {@code .ci/soak} does. */
class FuzzSoak {
  private static final int SECONDS = Integer.getInteger("soak.seconds", 3600);

  static List<String> targets() {
    String only = System.getProperty("soak.target", "");
    return FuzzTargets.classes().keySet().stream()
        .filter(name -> only.isEmpty() || name.equals(only))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingIsFound(String name) throws Exception {
    int seconds = Math.max(1, SECONDS / targets().size());
    Path folder = Path.of("target/fuzz", name).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path log = folder.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(name, seconds, folder, corpus))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(seconds + 300L, TimeUnit.SECONDS)).as("%s ends", name).isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    assertThat(jazzer.exitValue()).as("%s, see %s", name, log).isZero();
    String last = Files.readAllLines(log).stream().filter(l -> l.startsWith("Done ")).toList() + "";
    System.out.println(String.format(Locale.ROOT, "soak: %s: %s", name, last));
  }

  private static List<String> command(String name, int seconds, Path folder, Path corpus) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzTargets.classes().get(name).getName(),
            "--instrumentation_includes=dev.gatehouse.**",
            "--custom_hook_includes=dev.gatehouse.**",
            "--keep_going=1",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + seconds,
            "-timeout=25",
            "-max_len=4096",
            "-rss_limit_mb=0",
            corpus.toString(),
            FuzzSeedsTest.SEEDS.resolve(name).toAbsolutePath().toString()));
    return command;
  }
}
