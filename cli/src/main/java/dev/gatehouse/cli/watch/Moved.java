package dev.gatehouse.cli.watch;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a stage or a route counted between two looks. */
record Moved(JsonNode stage, String route, JsonNode before, JsonNode now) {

  private long since(String member) {
    return Math.max(0, now.path(member).asLong(0) - before.path(member).asLong(0));
  }

  long requests() {
    return since("requests");
  }

  String[] cells(double seconds, double[] bounds) {
    return new String[] {
      stage.path("apiId").asString(""),
      stage.path("stage").asString(""),
      route,
      rate(since("requests"), seconds),
      rate(since("clientErrors"), seconds),
      rate(since("serverErrors"), seconds),
      rate(since("throttled"), seconds),
      quantile(0.5, bounds),
      quantile(0.99, bounds),
      now.path("requests").asString("")
    };
  }

  private static String rate(long count, double seconds) {
    return String.format(Locale.ROOT, "%.1f", count / seconds);
  }

  /** The upper bound of the bucket that a share of the requests is in. */
  private String quantile(double share, double[] bounds) {
    long wanted = (long) Math.ceil(requests() * share);
    long seen = 0;
    for (int i = 0; wanted > 0 && i < bounds.length; i++) {
      seen += now.path("latencies").path(i).asLong(0) - before.path("latencies").path(i).asLong(0);
      if (seen >= wanted) {
        return String.format(Locale.ROOT, "≤ %.0f", bounds[i] * 1_000);
      }
    }
    return wanted == 0 ? "-" : "more";
  }
}
