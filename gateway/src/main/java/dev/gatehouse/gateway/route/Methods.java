package dev.gatehouse.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one path by method. A handful at most, so a list and a walk beat a map. Immutable.
 */
record Methods<R>(List<String> names, List<R> routes) {
  private static final String ANY = "ANY";

  static <R> Methods<R> none() {
    return new Methods<>(List.of(), List.of());
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  Methods<R> with(String method, R route) {
    Methods<R> others = without(method);
    List<String> moreNames = new ArrayList<>(others.names);
    List<R> moreRoutes = new ArrayList<>(others.routes);
    moreNames.add(method);
    moreRoutes.add(route);
    return new Methods<>(List.copyOf(moreNames), List.copyOf(moreRoutes));
  }

  Methods<R> without(String method) {
    int at = names.indexOf(method);
    if (at < 0) {
      return this;
    }
    List<String> fewerNames = new ArrayList<>(names);
    List<R> fewerRoutes = new ArrayList<>(routes);
    fewerNames.remove(at);
    fewerRoutes.remove(at);
    return new Methods<>(List.copyOf(fewerNames), List.copyOf(fewerRoutes));
  }

  /** The route of exactly that method, else the one for any. */
  @Nullable R get(String method) {
    int any = -1;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.equals(method)) {
        return routes.get(i);
      }
      if (name.equals(ANY)) {
        any = i;
      }
    }
    return any < 0 ? null : routes.get(any);
  }
}
