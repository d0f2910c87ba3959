package dev.gatehouse.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.lambda.LambdaBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {
  private static final Path HOME = Path.of(System.getProperty("java.home"));

  @TempDir Path directory;

  @Test
  void aTrainedCacheIsUsedUntilAJarChanges() throws Exception {
    LambdaBootstrap.copyTo(directory);
    JavaRuntime runtime = JavaRuntime.in(directory, HOME, directory.resolve("caches"));
    assertThat(runtime.command(launch(128))).noneMatch(it -> it.startsWith("-XX:AOTCache"));

    runtime.prepare();

    assertThat(runtime.command(launch(512))).contains("-XX:AOTCache=" + runtime.cache().file());
    assertThat(exitOfTrainingThatNeedsTheCache(runtime)).isZero();
    Path jar = runtime.bootstrap().getFirst();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    assertThat(JavaRuntime.in(directory, HOME, directory.resolve("caches")).command(launch(128)))
        .noneMatch(option -> option.startsWith("-XX:AOTCache"));
  }

  @Test
  void theHeapLeavesSomeOfTheMemoryToTheJvm() throws Exception {
    LambdaBootstrap.copyTo(directory);

    assertThat(JavaRuntime.in(directory, HOME, directory).command(launch(1000)))
        .contains("-Xmx850m");
  }

  @Test
  void aDirectoryWithoutBootstrapIsRefused() {
    assertThatThrownBy(() -> JavaRuntime.in(directory, HOME, directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no bootstrap");
  }

  private Launch launch(int memorySize) {
    return new Launch(directory, null, directory, memorySize, null);
  }

  /** The mode {@code on} makes a JVM that cannot use its cache fail rather than go on without. */
  private int exitOfTrainingThatNeedsTheCache(JavaRuntime runtime) throws Exception {
    List<String> command = new ArrayList<>(runtime.command(launch(256)));
    command.add(1, "-XX:AOTMode=on");
    command.set(command.size() - 1, "dev.gatehouse.runtime.java.Training");
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
