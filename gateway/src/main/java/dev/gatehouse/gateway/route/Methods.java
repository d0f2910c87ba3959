package dev.gatehouse.gateway.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The routes of one path by method. A handful at most, so an array and a walk beat a map. */
final class Methods<R> {
  private static final String ANY = "ANY";

  private String[] names = {};
  private Object[] routes = {};

  void put(String method, R route) {
    int at = indexOf(method);
    if (at < 0) {
      at = names.length;
      names = Arrays.copyOf(names, at + 1);
      routes = Arrays.copyOf(routes, at + 1);
      names[at] = method;
    }
    routes[at] = route;
  }

  /** The route of exactly that method, else the one for any. */
  @Nullable R get(String method) {
    int at = indexOf(method);
    return route(at >= 0 ? at : indexOf(ANY));
  }

  @SuppressWarnings("unchecked") // put takes only R
  private @Nullable R route(int at) {
    return at < 0 ? null : (R) routes[at];
  }

  private int indexOf(String method) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(method)) {
        return i;
      }
    }
    return -1;
  }
}
