package dev.gatehouse.gateway.route;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the greedy route with the longest prefix of a path (http-api.md 2.2 e [L]); among
 * equally long ones a literal goes before a variable, from the left. Looks at every place of the
 * trie that the path can reach, which is one a segment unless variables stand beside literals.
 */
final class GreedySearch<R> {
  private final String method;
  private final String path;
  private final PathWalk walk;
  private RouteTable.@Nullable Match<R> best;
  private int bestDepth = -1;

  GreedySearch(String method, String path) {
    this.method = method;
    this.path = path;
    this.walk = new PathWalk(path, false);
  }

  /** Null where no greedy route takes the path. [U]: / does not meet /{proxy+}. */
  RouteTable.@Nullable Match<R> search(Node<R> root) {
    if (!PathText.isRoot(path)) {
      look(root, 1, 0);
    }
    return best;
  }

  private void look(Node<R> node, int from, int depth) {
    int met = walk.captured();
    int position = walk.follow(node.stem(), from);
    if (position >= 0) {
      lookBehindStem(node, position, depth + PathText.segments(node.stem()));
    }
    walk.backTo(met);
  }

  /** [U]: /a/ meets /a/{proxy+} with an empty value, /a does not. */
  private void lookBehindStem(Node<R> node, int position, int depth) {
    if (position > path.length()) {
      return;
    }
    int start = PathText.skipSlashes(path, position);
    R route = depth > bestDepth ? Methods.get(node.greedy(), method) : null;
    if (route != null) {
      walk.capture(path.substring(start));
      best = new RouteTable.Match<>(route, walk.values());
      walk.backTo(walk.captured() - 1);
      bestDepth = depth;
    }
    if (start < path.length()) {
      lookBelow(node, start, depth + 1);
    }
  }

  private void lookBelow(Node<R> node, int start, int depth) {
    String segment = path.substring(start, PathText.end(path, start));
    int next = start + segment.length() + 1;
    Node<R> literal = node.literal().get(segment);
    if (literal != null) {
      look(literal, next, depth);
    }
    Node<R> variable = node.variable();
    if (variable != null) {
      walk.capture(segment);
      look(variable, next, depth);
      walk.backTo(walk.captured() - 1);
    }
  }
}
