package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.Table;
import dev.gatehouse.client.Delivery;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of something that was done to several connections.
 *
 * @param word what was done
 * @param failed why it could not be done to others, by their ids
 */
record Outcome(String word, List<String> done, List<String> gone, Map<String, String> failed) {

  static Outcome of(String word, Delivery delivery) {
    Map<String, String> failed =
        delivery.failed().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, each -> String.valueOf(each.getValue().getMessage())));
    return new Outcome(word, delivery.sent(), delivery.gone(), failed);
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      Map<String, Object> members = new TreeMap<>(Map.of("gone", gone, "failed", failed));
      members.put(word, done);
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(members));
      return;
    }
    Table table = new Table("CONNECTION", "RESULT");
    done.forEach(id -> table.add(id, word));
    gone.forEach(id -> table.add(id, "gone"));
    failed.forEach(table::add);
    table.print(out);
  }
}
