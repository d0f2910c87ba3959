package dev.gatehouse.gateway.route;

import dev.gatehouse.model.RouteKey.Greedy;
import dev.gatehouse.model.RouteKey.Literal;
import dev.gatehouse.model.RouteKey.Segment;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place in the trie. Immutable: a change copies the places on the way from the root and shares
 * all others.
 *
 * @param literal the places behind a segment of that text
 * @param variable the place behind any segment
 * @param methods the routes that end here
 * @param greedy the routes that take the rest of the path from here
 */
record Node<R>(
    PersistentMap<Node<R>> literal,
    @Nullable Node<R> variable,
    Methods<R> methods,
    Methods<R> greedy) {

  static <R> Node<R> empty() {
    return new Node<>(PersistentMap.empty(), null, Methods.none(), Methods.none());
  }

  private boolean isEmpty() {
    return literal.size() == 0 && variable == null && methods.isEmpty() && greedy.isEmpty();
  }

  /** This place with the methods at the end of a path changed. */
  Node<R> change(List<Segment> path, UnaryOperator<Methods<R>> change) {
    if (path.isEmpty()) {
      return new Node<>(literal, variable, change.apply(methods), greedy);
    }
    List<Segment> rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Literal(String text)) {
      Node<R> child = child(literal.get(text), rest, change);
      PersistentMap<Node<R>> others =
          child == null ? literal.without(text) : literal.with(text, child);
      return new Node<>(others, variable, methods, greedy);
    }
    return path.getFirst() instanceof Greedy
        ? new Node<>(literal, variable, methods, change.apply(greedy))
        : new Node<>(literal, child(variable, rest, change), methods, greedy);
  }

  private static <R> @Nullable Node<R> child(
      @Nullable Node<R> child, List<Segment> rest, UnaryOperator<Methods<R>> change) {
    Node<R> from = child == null ? Node.empty() : child;
    Node<R> changed = from.change(rest, change);
    return changed.isEmpty() ? null : changed;
  }
}
