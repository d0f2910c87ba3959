package dev.gatehouse.gateway.route;

import dev.gatehouse.gateway.route.PersistentMap.Entry;
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
 * <p>A place that nothing but one other place follows is one with it, as in a radix tree: among
 * 100,000 routes {@code /tenant-7/of/{id}} has one place of its own in place of four.
 *
 * @param stem what of the path lies between the segment that led here and this place: each
 *     segment's text with a slash behind it, nothing but the slash for a variable
 * @param literal the places behind a segment of that text
 * @param variable the place behind any segment
 * @param methods the routes that end here
 * @param greedy the routes that take the rest of the path from here
 */
record Node<R>(
    String stem,
    PersistentMap<Node<R>> literal,
    @Nullable Node<R> variable,
    @Nullable Methods<R> methods,
    @Nullable Methods<R> greedy) {

  static <R> Node<R> empty() {
    return new Node<>("", PersistentMap.empty(), null, null, null);
  }

  private boolean isEmpty() {
    return literal.size() == 0 && variable == null && methods == null && greedy == null;
  }

  /** This place with the methods at the end of a path changed. */
  Node<R> change(List<Segment> path, UnaryOperator<@Nullable Methods<R>> change) {
    return split().changed(path, change).joined();
  }

  private Node<R> changed(List<Segment> path, UnaryOperator<@Nullable Methods<R>> change) {
    if (path.isEmpty()) {
      return new Node<>("", literal, variable, change.apply(methods), greedy);
    }
    List<Segment> rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Literal(String text)) {
      Node<R> child = child(literal.get(text), rest, change);
      PersistentMap<Node<R>> others =
          child == null ? literal.without(text) : literal.with(text, child);
      return new Node<>("", others, variable, methods, greedy);
    }
    return path.getFirst() instanceof Greedy
        ? new Node<>("", literal, variable, methods, change.apply(greedy))
        : new Node<>("", literal, child(variable, rest, change), methods, greedy);
  }

  private static <R> @Nullable Node<R> child(
      @Nullable Node<R> child, List<Segment> rest, UnaryOperator<@Nullable Methods<R>> change) {
    Node<R> from = child == null ? Node.empty() : child;
    Node<R> changed = from.change(rest, change);
    return changed.isEmpty() ? null : changed;
  }

  /** The same with a place of its own for the first segment of the stem. */
  private Node<R> split() {
    if (stem.isEmpty()) {
      return this;
    }
    int end = stem.indexOf('/');
    Node<R> child = withStem(stem.substring(end + 1));
    PersistentMap<Node<R>> none = PersistentMap.empty();
    return end == 0
        ? new Node<>("", none, child, null, null)
        : new Node<>("", none.with(stem.substring(0, end), child), null, null, null);
  }

  /**
   * A place without a stem as one with the place that follows it, where that is the only one and no
   * route ends here.
   */
  private Node<R> joined() {
    if (methods != null || greedy != null || literal.size() + (variable == null ? 0 : 1) != 1) {
      return this;
    }
    if (variable != null) {
      return variable.withStem("/" + variable.stem);
    }
    Entry<Node<R>> only = literal.any();
    return only.value().withStem(only.key() + "/" + only.value().stem);
  }

  /** One text for all places that have it, so that a look-up finds it in the cache. */
  private Node<R> withStem(String text) {
    return new Node<>(text.intern(), literal, variable, methods, greedy);
  }
}
