package dev.gatehouse.gateway.route;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one path by method: a handful at most, each pointing to the next. One object a
 * route, as the look-up of a route among very many costs what it reads of cold memory. Immutable.
 */
record Methods<R>(String name, R route, @Nullable Methods<R> next) {
  private static final String ANY = "ANY";

  static <R> Methods<R> with(@Nullable Methods<R> methods, String method, R route) {
    // The very text that requests bring, which a look-up tells by its address.
    return new Methods<>(method.intern(), route, without(methods, method));
  }

  static <R> @Nullable Methods<R> without(@Nullable Methods<R> methods, String method) {
    if (methods == null || methods.name.equals(method)) {
      return methods == null ? null : methods.next;
    }
    return new Methods<>(methods.name, methods.route, without(methods.next, method));
  }

  /** The route of exactly that method, else the one for any. */
  static <R> @Nullable R get(@Nullable Methods<R> methods, String method) {
    R any = null;
    for (Methods<R> each = methods; each != null; each = each.next) {
      if (each.name.equals(method)) {
        return each.route;
      }
      if (each.name.equals(ANY)) {
        any = each.route;
      }
    }
    return any;
  }

  static <R> void forEach(@Nullable Methods<R> methods, BiConsumer<String, R> action) {
    for (Methods<R> each = methods; each != null; each = each.next) {
      action.accept(each.name, each.route);
    }
  }
}
