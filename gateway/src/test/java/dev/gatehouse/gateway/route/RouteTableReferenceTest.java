package dev.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.RouteKey.Greedy;
import dev.gatehouse.model.RouteKey.Literal;
import dev.gatehouse.model.RouteKey.MethodAndPath;
import dev.gatehouse.model.RouteKey.Segment;
import dev.gatehouse.model.RouteKey.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The trie against a slow matcher that looks at every route and says aloud what the rules are. How
 * many look-ups: {@code -Dgatehouse.route-lookups}, 100,000 unless told.
 */
class RouteTableReferenceTest {
  private static final String[] METHODS = {"GET", "POST", "ANY"};
  private static final String[] WORDS = {"a", "b", "é", "..", "x y"};

  @Test
  void theTrieFindsWhatTheRulesSay() {
    int lookups = Integer.getInteger("gatehouse.route-lookups", 100_000);
    long seed = Long.getLong("gatehouse.seed", 20261122L);
    Random random = new Random(seed);
    for (int done = 0; done < lookups; done += 50) {
      Map<RouteKey, String> routes = routes(random);
      RouteTable<String> table = table(routes, routes(random));
      for (int i = 0; i < 50; i++) {
        String method = METHODS[random.nextInt(2)];
        String path = path(random);
        RouteTable.Match<String> match = table.match(method, path);
        String found = match == null ? "none" : match.route() + match.values();
        assertThat(found)
            .as("%s %s among %s (seed %d)", method, path, routes.values(), seed)
            .isEqualTo(expected(routes, method, path));
      }
    }
  }

  /** The routes, some of them beside others that are gone again. */
  private static RouteTable<String> table(
      Map<RouteKey, String> routes, Map<RouteKey, String> others) {
    RouteTable<String> table = RouteTable.empty();
    for (Map.Entry<RouteKey, String> route : others.entrySet()) {
      table = table.with(route.getKey(), "gone");
    }
    for (Map.Entry<RouteKey, String> route : routes.entrySet()) {
      table = table.with(route.getKey(), route.getValue());
    }
    for (RouteKey key : others.keySet()) {
      table = routes.containsKey(key) ? table : table.without(key);
    }
    return table;
  }

  private static Map<RouteKey, String> routes(Random random) {
    Map<RouteKey, String> routes = new LinkedHashMap<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      List<Segment> segments = new ArrayList<>();
      int depth = random.nextInt(4);
      for (int d = 0; d < depth; d++) {
        segments.add(
            random.nextInt(3) == 0
                ? new Variable("v" + d)
                : new Literal(WORDS[random.nextInt(WORDS.length)]));
      }
      if (random.nextInt(4) == 0) {
        segments.add(new Greedy("g"));
      }
      String method = METHODS[random.nextInt(METHODS.length)];
      RouteKey key = new MethodAndPath(method, List.copyOf(segments));
      routes.putIfAbsent(key, method + segments);
    }
    if (random.nextBoolean()) {
      routes.put(new RouteKey.CatchAll(), "$default");
    }
    return routes;
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    int depth = random.nextInt(5);
    for (int i = 0; i < depth; i++) {
      path.append(random.nextInt(8) == 0 ? "//" : "/").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return path.isEmpty() || random.nextInt(5) == 0 ? path.append('/').toString() : path.toString();
  }

  private static String expected(Map<RouteKey, String> routes, String method, String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    boolean slashAtEnd = path.endsWith("/") && !parts.isEmpty();
    return routes.entrySet().stream()
        .filter(route -> matches(route.getKey(), method, parts, slashAtEnd))
        .min(Comparator.comparing(Map.Entry::getKey, precedence(method)))
        .map(route -> route.getValue() + values(route.getKey(), path, parts))
        .orElse("none");
  }

  private static boolean matches(
      RouteKey key, String method, List<String> parts, boolean slashAtEnd) {
    if (!(key instanceof MethodAndPath route)) {
      return true;
    }
    if (!route.method().equals("ANY") && !route.method().equals(method)) {
      return false;
    }
    List<Segment> segments = route.segments();
    boolean greedy = !segments.isEmpty() && segments.getLast() instanceof Greedy;
    int fixed = greedy ? segments.size() - 1 : segments.size();
    boolean long1 = parts.size() > fixed || (parts.size() == fixed && slashAtEnd);
    boolean length = greedy ? long1 : parts.size() == fixed && !slashAtEnd;
    for (int i = 0; length && i < fixed; i++) {
      length = !(segments.get(i) instanceof Literal(String text)) || text.equals(parts.get(i));
    }
    return length;
  }

  /** Not greedy first; then the longer fixed part if greedy; literals from the left; the method. */
  private static Comparator<RouteKey> precedence(String method) {
    return Comparator.<RouteKey>comparingInt(key -> key instanceof MethodAndPath ? 0 : 1)
        .thenComparingInt(key -> isGreedy(key) ? 1 : 0)
        .thenComparingInt(key -> isGreedy(key) ? -((MethodAndPath) key).segments().size() : 0)
        .thenComparing(RouteTableReferenceTest::literalsFromTheLeft)
        .thenComparing(
            key -> key instanceof MethodAndPath(String m, var s) && m.equals(method) ? 0 : 1);
  }

  private static boolean isGreedy(RouteKey key) {
    return key instanceof MethodAndPath(var method, var segments)
        && !segments.isEmpty()
        && segments.getLast() instanceof Greedy;
  }

  /** Sorts as text: a literal before a variable, and either before the end of a greedy prefix. */
  private static String literalsFromTheLeft(RouteKey key) {
    StringBuilder shape = new StringBuilder();
    if (key instanceof MethodAndPath(var method, var segments)) {
      for (Segment segment : segments) {
        shape.append(
            switch (segment) {
              case Literal literal -> '1';
              case Variable variable -> '2';
              case Greedy greedy -> '3';
            });
      }
    }
    return shape.toString();
  }

  private static String values(RouteKey key, String path, List<String> parts) {
    List<String> values = new ArrayList<>();
    if (key instanceof MethodAndPath(var method, var segments)) {
      for (int i = 0; i < segments.size(); i++) {
        switch (segments.get(i)) {
          case Literal literal -> {}
          case Variable variable -> values.add(parts.get(i));
          case Greedy greedy -> values.add(rest(path, i));
        }
      }
    }
    return values.toString();
  }

  /** What is left of a path after its first segments and the slashes behind them. */
  private static String rest(String path, int segments) {
    String rest = path.replaceFirst("^/+", "");
    for (int i = 0; i < segments; i++) {
      rest = rest.replaceFirst("^[^/]*/*", "");
    }
    return rest;
  }
}
