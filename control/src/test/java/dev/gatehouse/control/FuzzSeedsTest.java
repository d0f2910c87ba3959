package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the seeds of every fuzz target, among them each input that once was a finding. Long runs
 * are {@code .ci/soak fuzz}; an input that it finds belongs into the target's folder.
 */
class FuzzSeedsTest {
  static final Path SEEDS = Path.of("src/test/resources/fuzz");

  static Stream<Path> seeds() throws IOException {
    return Files.walk(SEEDS).filter(Files::isRegularFile).sorted();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Timeout(10)
  void noInputIsAFaultOfOurs(Path seed) throws IOException {
    FuzzTargets.of(seed.getParent().getFileName().toString()).accept(Files.readAllBytes(seed));
  }

  @Test
  void everyTargetHasSeeds() throws IOException {
    List<String> folders =
        seeds().map(seed -> seed.getParent().getFileName().toString()).distinct().toList();
    assertThat(folders).containsExactlyElementsOf(FuzzTargets.classes().keySet());
  }
}
