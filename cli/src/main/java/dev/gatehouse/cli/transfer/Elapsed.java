package dev.gatehouse.cli.transfer;

import dev.gatehouse.cli.remote.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;

/** How long a transfer took: asking for the URL, and the bytes. */
final class Elapsed {
  private final long start = System.nanoTime();
  private long presigned = start;

  void presigned() {
    presigned = System.nanoTime();
  }

  /** A bar where a person looks on. */
  Progress progress(CommandSpec spec, boolean json, long total) {
    boolean shown = !json && Terminal.find().isPresent();
    return new Progress(spec.commandLine().getErr(), shown, total, System::nanoTime);
  }

  String report(String done, String from, String to, long bytes, boolean json) {
    long now = System.nanoTime();
    long presigning = (presigned - start) / 1_000_000;
    long transfer = (now - presigned) / 1_000_000;
    if (json) {
      return new JsonMapper()
          .createObjectNode()
          .put("from", from)
          .put("to", to)
          .put("bytes", bytes)
          .put("presignMillis", presigning)
          .put("transferMillis", transfer)
          .toPrettyString();
    }
    return "%s %s as %s: %d bytes in %d ms (presigning %d ms, transfer %d ms)"
        .formatted(done, from, to, bytes, presigning + transfer, presigning, transfer);
  }
}
