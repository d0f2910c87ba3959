package dev.gatehouse.model;

import java.util.Locale;
import java.util.Optional;

/**
 * One entry of an integration's {@code requestParameters} or of a status's {@code
 * responseParameters}: what is done to which part of the message (http-api.md 8.1 and 8.2 [C]).
 *
 * @param name the header's or query parameter's name; empty for path and status
 */
public record ParameterMapping(Action action, Place place, String name, Expression value) {

  /** What is done. */
  public enum Action {
    APPEND,
    OVERWRITE,
    REMOVE
  }

  /** To what it is done. */
  public enum Place {
    HEADER,
    QUERYSTRING,
    PATH,
    STATUSCODE
  }

  /** The key of the entry. */
  public String key() {
    String target = place.name().toLowerCase(Locale.ROOT) + (name.isEmpty() ? "" : "." + name);
    return action.name().toLowerCase(Locale.ROOT) + ":" + target;
  }

  /** Parses one entry; empty where the key or the value is not of the grammar. */
  public static Optional<ParameterMapping> parse(String key, String value) {
    int colon = key.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    Optional<Action> action = named(Action.class, key.substring(0, colon));
    String target = key.substring(colon + 1);
    int dot = target.indexOf('.');
    Optional<Place> place = named(Place.class, dot < 0 ? target : target.substring(0, dot));
    String name = dot < 0 ? "" : target.substring(dot + 1);
    if (action.isEmpty() || place.isEmpty() || !fits(action.get(), place.get(), name)) {
      return Optional.empty();
    }
    return Expression.parse(value)
        .map(expression -> new ParameterMapping(action.get(), place.get(), name, expression));
  }

  private static boolean fits(Action action, Place place, String name) {
    return switch (place) {
      case HEADER, QUERYSTRING -> !name.isEmpty();
      case PATH, STATUSCODE -> name.isEmpty() && action == Action.OVERWRITE;
    };
  }

  private static <E extends Enum<E>> Optional<E> named(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
