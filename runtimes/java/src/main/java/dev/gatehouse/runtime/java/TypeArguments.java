package dev.gatehouse.runtime.java;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a class binds the parameters of an interface to, however far up it is implemented:
 * {@code class A extends B<String>}, {@code class B<T> implements RequestHandler<T, T>}.
 */
final class TypeArguments {
  private TypeArguments() {}

  /** One type for each parameter; {@code Object} where the class leaves it open. */
  static Type[] of(Class<?> type, Class<?> wanted) {
    Type[] found = search(type, wanted, Map.of());
    if (found != null) {
      return found;
    }
    Type[] open = new Type[wanted.getTypeParameters().length];
    Arrays.fill(open, Object.class);
    return open;
  }

  private static Type @Nullable [] search(
      @Nullable Type type, Class<?> wanted, Map<TypeVariable<?>, Type> outer) {
    if (type == null) {
      return null;
    }
    Class<?> raw = raw(type);
    Map<TypeVariable<?>, Type> bound = bind(type, raw, outer);
    if (raw == wanted) {
      Type[] arguments = new Type[raw.getTypeParameters().length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = bound.getOrDefault(raw.getTypeParameters()[i], Object.class);
      }
      return arguments;
    }
    for (Type parent : raw.getGenericInterfaces()) {
      Type[] found = search(parent, wanted, bound);
      if (found != null) {
        return found;
      }
    }
    return search(raw.getGenericSuperclass(), wanted, bound);
  }

  private static Map<TypeVariable<?>, Type> bind(
      Type type, Class<?> raw, Map<TypeVariable<?>, Type> outer) {
    if (!(type instanceof ParameterizedType generic)) {
      return Map.of();
    }
    Map<TypeVariable<?>, Type> bound = new HashMap<>();
    for (int i = 0; i < raw.getTypeParameters().length; i++) {
      Type argument = generic.getActualTypeArguments()[i];
      bound.put(
          raw.getTypeParameters()[i],
          argument instanceof TypeVariable<?> open
              ? outer.getOrDefault(open, Object.class)
              : argument);
    }
    return bound;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }
}
