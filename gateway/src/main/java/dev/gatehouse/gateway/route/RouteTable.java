package dev.gatehouse.gateway.route;

import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.RouteKey.MethodAndPath;
import dev.gatehouse.model.RouteKey.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a stage as a trie over path segments: what a look-up costs depends on the path's
 * depth, not on how many routes there are. Immutable once built.
 *
 * <p>Precedence follows http-api.md 2.2: routes without a greedy variable first, segment by segment
 * from the left with a literal before a variable; then the greedy route with the longest prefix;
 * then {@code $default}. At one path the exact method goes before {@code ANY}. A path that has
 * routes, but none for the method, is passed over.
 *
 * @param <R> what a route is to the caller
 */
public final class RouteTable<R> {

  /**
   * A route and the values of its variables in the order of the path.
   *
   * @param values decoded; empty for {@code $default}
   */
  public record Match<R>(R route, List<String> values) {}

  private final Node<R> root;
  private final @Nullable R fallback;

  private RouteTable(Node<R> root, @Nullable R fallback) {
    this.root = root;
    this.fallback = fallback;
  }

  /** The table without routes. */
  public static <R> RouteTable<R> empty() {
    return new RouteTable<>(Node.empty(), null);
  }

  /** This table with a route; one of the same key is replaced. */
  public RouteTable<R> with(RouteKey key, R route) {
    return key instanceof MethodAndPath(String method, List<Segment> path)
        ? new RouteTable<>(root.change(path, it -> Methods.with(it, method, route)), fallback)
        : new RouteTable<>(root, route);
  }

  /** This table without the route of that key. */
  public RouteTable<R> without(RouteKey key) {
    return switch (key) {
      case RouteKey.CatchAll() -> new RouteTable<>(root, null);
      case MethodAndPath(String method, List<Segment> path) ->
          new RouteTable<>(root.change(path, it -> Methods.without(it, method)), fallback);
    };
  }

  /**
   * Finds the route of a request.
   *
   * @param method as the client sent it; one that no route key can name meets only ANY and $default
   * @param path the decoded path without the stage, beginning with a slash; repeated slashes count
   *     as one
   * @return null where no route takes the request
   */
  public @Nullable Match<R> match(String method, String path) {
    Match<R> exact = new Search<R>(method, path).from(root);
    if (exact != null) {
      return exact;
    }
    Match<R> greedy = new GreedySearch<R>(method, path).search(root);
    return greedy != null || fallback == null ? greedy : new Match<>(fallback, List.of());
  }

  /**
   * The routes nearest to a request that it does not meet, each with the rule that decides, the
   * nearest first. For people, not for the hot path.
   */
  public List<Near<R>> near(String method, String path) {
    return new NearSearch<R>(method, path, match(method, path)).search(root, fallback);
  }

  /** One look-up of a route without a greedy variable. */
  private static final class Search<R> {
    private final String method;
    private final String path;
    private final PathWalk walk;

    Search(String method, String path) {
      this.method = method;
      this.path = path;
      this.walk = new PathWalk(path, false);
    }

    @Nullable Match<R> from(Node<R> root) {
      R route = exact(root, 1);
      return route == null ? null : new Match<>(route, walk.values());
    }

    /** The route whose path this is, below a node. */
    private @Nullable R exact(Node<R> node, int from) {
      int met = walk.captured();
      int position = walk.follow(node.stem(), from);
      R found = position < 0 ? null : behindStem(node, position);
      if (found == null) {
        walk.backTo(met);
      }
      return found;
    }

    private @Nullable R behindStem(Node<R> node, int position) {
      int start = PathText.skipSlashes(path, position);
      if (position > path.length() || (start >= path.length() && PathText.isRoot(path))) {
        return Methods.get(node.methods(), method);
      }
      if (start >= path.length()) {
        return null; // a trailing slash: /pets/ is not /pets [L]
      }
      String segment = path.substring(start, PathText.end(path, start));
      int next = start + segment.length() + 1;
      Node<R> literal = node.literal().get(segment);
      R found = literal == null ? null : exact(literal, next);
      if (found != null || node.variable() == null) {
        return found;
      }
      walk.capture(segment);
      return exact(node.variable(), next);
    }
  }
}
