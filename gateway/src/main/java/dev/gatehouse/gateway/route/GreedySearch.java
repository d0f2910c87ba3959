package dev.gatehouse.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the greedy route with the longest prefix of a path (http-api.md 2.2 e [L]); among
 * equally long ones a literal goes before a variable, from the left. Looks at every place of the
 * trie that the path can reach, which is one a segment unless variables stand beside literals.
 */
final class GreedySearch<R> {
  private final String method;
  private final String path;
  private final List<String> captured = new ArrayList<>();
  private RouteTable.@Nullable Match<R> best;
  private int bestDepth = -1;

  GreedySearch(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** Null where no greedy route takes the path. [U]: / does not meet /{proxy+}. */
  RouteTable.@Nullable Match<R> search(Node<R> root) {
    if (!PathText.isRoot(path)) {
      look(root, 1, 0);
    }
    return best;
  }

  /** [U]: /a/ meets /a/{proxy+} with an empty value, /a does not. */
  private void look(Node<R> node, int position, int depth) {
    if (position > path.length()) {
      return;
    }
    int start = PathText.skipSlashes(path, position);
    R route = depth > bestDepth ? node.greedy().get(method) : null;
    if (route != null) {
      List<String> values = new ArrayList<>(captured);
      values.add(path.substring(start));
      best = new RouteTable.Match<>(route, values);
      bestDepth = depth;
    }
    if (start < path.length()) {
      lookBelow(node, start, depth + 1);
    }
  }

  private void lookBelow(Node<R> node, int start, int depth) {
    int end = PathText.end(path, start);
    String segment = path.substring(start, end);
    Node<R> literal = node.literal().get(segment);
    if (literal != null) {
      look(literal, end + 1, depth);
    }
    Node<R> variable = node.variable();
    if (variable != null) {
      captured.add(segment);
      look(variable, end + 1, depth);
      captured.removeLast();
    }
  }
}
