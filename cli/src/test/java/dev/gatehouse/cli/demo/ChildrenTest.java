package dev.gatehouse.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes. */
class ChildrenTest {

  @TempDir private Path folder;

  private final Children children = new Children();

  @Test
  void closingEndsProcessesAndWhatTheyStarted() throws Exception {
    Child child = start("sleep 600 & sleep 600 & echo ready; wait");
    child.await(() -> child.text().contains("ready") ? Optional.of(true) : Optional.empty());
    List<ProcessHandle> below = child.process().descendants().toList();
    assertThat(below).hasSize(2);
    children.close();
    assertThat(child.process().isAlive()).isFalse();
    for (ProcessHandle process : below) {
      assertThat(process.onExit().get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void nothingStartsAfterClosing() {
    children.close();
    assertThatThrownBy(() -> start("true")).isInstanceOf(DemoFailure.class);
  }

  @Test
  void processThatEndsBeforeItsSignIsReportedWithItsLog() throws Exception {
    Child child = start("echo no room on the disk; exit 3");
    assertThatThrownBy(() -> child.await(Optional::empty))
        .isInstanceOf(DemoFailure.class)
        .hasMessageContaining("the worker ended with exit code 3")
        .hasMessageContaining("no room on the disk");
  }

  private Child start(String script) throws Exception {
    return Child.start("worker", folder, new ProcessBuilder("bash", "-c", script), children);
  }
}
