package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts, per document of the specification, the vectors that hold. A vector holds when it has
 * tests and all of them passed; one without a test counts as failing. Writes {@code
 * target/vectors.txt} and one line per document to standard output.
 */
public final class VectorTally implements TestExecutionListener {
  private final Path report;
  private final PrintStream out;
  private final Map<String, List<String>> failures = new ConcurrentHashMap<>();
  private final Map<String, Integer> tests = new ConcurrentHashMap<>();

  /** For the launcher, which finds this class as a service. */
  public VectorTally() {
    this(Path.of("target", "vectors.txt"), System.out);
  }

  VectorTally(Path report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      count(test, result.getStatus() == Status.SUCCESSFUL);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      count(test, false);
    }
  }

  private void count(TestIdentifier test, boolean passed) {
    if (test.getSource().orElse(null) instanceof MethodSource method) {
      Vector vector = method.getJavaMethod().getAnnotation(Vector.class);
      for (String id : vector == null ? new String[0] : vector.value()) {
        tests.merge(id, 1, Integer::sum);
        if (!passed) {
          failures
              .computeIfAbsent(id, any -> new ArrayList<>())
              .add(method.getClassName() + "." + method.getMethodName());
        }
      }
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (tests.isEmpty()) {
      return;
    }
    List<Vectors.Entry> all = Vectors.all();
    List<String> summary = summary(all);
    summary.forEach(out::println);
    write(all, summary);
  }

  private List<String> summary(List<Vectors.Entry> all) {
    Map<String, int[]> documents = new LinkedHashMap<>();
    for (Vectors.Entry entry : all) {
      documents.computeIfAbsent(entry.document(), any -> new int[3])[state(entry).ordinal()]++;
    }
    List<String> lines = new ArrayList<>();
    documents.forEach((document, counts) ->
        lines.add(
            "Vectors, %s: %d of %d hold, %d fail, %d have no test"
                .formatted(
                    document,
                    counts[State.HOLDS.ordinal()],
                    counts[0] + counts[1] + counts[2],
                    counts[State.FAILS.ordinal()],
                    counts[State.NO_TEST.ordinal()])));
    return lines;
  }

  private void write(List<Vectors.Entry> all, List<String> summary) {
    List<String> lines = new ArrayList<>(summary);
    for (Vectors.Entry entry : all) {
      String issue = entry.issue().equals("-") ? "" : " (issue " + entry.issue() + ")";
      lines.add(
          "%-7s %-4s %s %s%s"
              .formatted(state(entry).text, entry.id(), entry.certainty(), entry.title(), issue));
      failures
          .getOrDefault(entry.id(), List.of())
          .forEach(test -> lines.add("             failed: " + test));
    }
    try {
      Files.write(report, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private State state(Vectors.Entry entry) {
    if (!tests.containsKey(entry.id())) {
      return State.NO_TEST;
    }
    return failures.containsKey(entry.id()) ? State.FAILS : State.HOLDS;
  }

  private enum State {
    HOLDS("holds"),
    FAILS("fails"),
    NO_TEST("no test");

    private final String text;

    State(String text) {
      this.text = text;
    }
  }
}
