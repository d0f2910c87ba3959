package dev.gatehouse.gateway.route;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the trie. Filled while the table is built and never changed after. */
final class Node<R> {
  @Nullable Map<String, Node<R>> literal;
  @Nullable Node<R> variable;
  @Nullable Methods<R> methods;
  @Nullable Methods<R> greedy;

  Node<R> literal(String text) {
    if (literal == null) {
      literal = new HashMap<>();
    }
    return literal.computeIfAbsent(text, key -> new Node<>());
  }

  Node<R> variable() {
    if (variable == null) {
      variable = new Node<>();
    }
    return variable;
  }

  Methods<R> methods() {
    if (methods == null) {
      methods = new Methods<>();
    }
    return methods;
  }

  Methods<R> greedyMethods() {
    if (greedy == null) {
      greedy = new Methods<>();
    }
    return greedy;
  }
}
