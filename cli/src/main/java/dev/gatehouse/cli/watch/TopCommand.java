package dev.gatehouse.cli.watch;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Spans;
import dev.gatehouse.cli.remote.Table;
import dev.gatehouse.cli.remote.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code gatehouse top}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "top",
    header = "Watch stages and routes live: requests, errors, latency.",
    description = {"", "The busiest come first. Ends with Ctrl-C.", ""},
    footer = {"", "Example: gatehouse top --every 5s"})
public final class TopCommand implements Callable<Integer> {
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
  private static final List<String> HEADS =
      List.of(
          "API", "STAGE", "ROUTE", "REQ/S", "4XX/S", "5XX/S", "429/S", "P50 MS", "P99 MS", "TOTAL");

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "Between two looks, such as 500ms or 10s. Default: 2s.")
  private String every = "2s";

  @Option(names = "--rows", paramLabel = "N", description = "Most rows to show. Default: 30.")
  private int rows = 30;

  @Option(names = "--once", description = "Look twice, show what came between, and end.")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    Duration pause = Spans.parse(spec, every);
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connectToGatehouse()) {
      boolean live = !once && Terminal.find().isPresent();
      JsonNode before = client.get(StatusCommand.PATH);
      do {
        Thread.sleep(pause);
        JsonNode now = client.get(StatusCommand.PATH);
        if (server.json()) {
          out.println(json(rows(before, now)));
        } else {
          out.print(live ? HOME_AND_CLEAR : "");
          table(rows(before, now)).print(out);
        }
        out.flush();
        before = now;
      } while (!once);
    }
    return 0;
  }

  private List<String[]> rows(JsonNode before, JsonNode now) {
    double seconds =
        Math.max(1, now.path("millis").asLong(0) - before.path("millis").asLong(0)) / 1_000.0;
    List<Moved> moved = new ArrayList<>();
    for (JsonNode stage : now.path("stages")) {
      JsonNode same = find(before.path("stages"), stage);
      moved.add(new Moved(stage, "(all)", same, stage));
      for (JsonNode route : stage.path("routes")) {
        String key = route.path("routeKey").asString("");
        moved.add(new Moved(stage, key, findRoute(same.path("routes"), key), route));
      }
    }
    moved.sort(Comparator.comparingLong(Moved::requests).reversed());
    return moved.stream().limit(rows).map(each -> each.cells(seconds, bounds(now))).toList();
  }

  private static Table table(List<String[]> rows) {
    Table table = new Table(HEADS.toArray(String[]::new));
    rows.forEach(table::add);
    return table;
  }

  /** One look in a line. */
  private static String json(List<String[]> rows) {
    JsonMapper json = new JsonMapper();
    ArrayNode looks = json.createArrayNode();
    for (String[] row : rows) {
      ObjectNode told = looks.addObject();
      for (int i = 0; i < row.length; i++) {
        told.put(HEADS.get(i).toLowerCase(Locale.ROOT), row[i]);
      }
    }
    return looks.toString();
  }

  private static double[] bounds(JsonNode now) {
    double[] bounds = new double[now.path("latencyBounds").size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = now.path("latencyBounds").path(i).asDouble();
    }
    return bounds;
  }

  private static JsonNode find(JsonNode stages, JsonNode wanted) {
    for (JsonNode stage : stages) {
      if (stage.path("apiId").equals(wanted.path("apiId"))
          && stage.path("stage").equals(wanted.path("stage"))) {
        return stage;
      }
    }
    return stages.path(-1);
  }

  private static JsonNode findRoute(JsonNode routes, String key) {
    for (JsonNode route : routes) {
      if (route.path("routeKey").asString("").equals(key)) {
        return route;
      }
    }
    return routes.path(-1);
  }
}
