package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;

/**
 * Makes a {@link Handler} of {@code package.Class} or {@code package.Class::method}. The texts of
 * the failures are those of AWS's runtime [L].
 */
final class Handlers {
  private final ClassLoader loader;
  private final Serializers serializers;

  Handlers(ClassLoader loader, Serializers serializers) {
    this.loader = loader;
    this.serializers = serializers;
  }

  Handler load(String name) throws LoadFailure, InvocationTargetException {
    int colons = name.indexOf("::");
    Class<?> type = type(colons < 0 ? name : name.substring(0, colons));
    if (colons < 0) {
      return ofInterface(type);
    }
    return new HandlerMethods(type, serializers).load(name.substring(colons + 2));
  }

  /** A new instance by the public constructor without parameters. */
  static Object instance(Class<?> type) throws LoadFailure, InvocationTargetException {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new LoadFailure(
          NoSuchMethodException.class,
          "Class " + type.getName() + " has no public zero-argument constructor");
    } catch (InstantiationException e) {
      throw new LoadFailure(
          InstantiationException.class, "Unable to instantiate class " + type.getName());
    } catch (IllegalAccessException e) {
      throw new LoadFailure(
          IllegalAccessException.class,
          "Class " + type.getName() + "'s constructor is not accessible");
    }
  }

  private Class<?> type(String name) throws LoadFailure {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new LoadFailure(ClassNotFoundException.class, "Class not found: " + name);
    }
  }

  private Handler ofInterface(Class<?> type) throws LoadFailure, InvocationTargetException {
    if (RequestStreamHandler.class.isAssignableFrom(type)) {
      return ((RequestStreamHandler) instance(type))::handleRequest;
    }
    if (RequestHandler.class.isAssignableFrom(type)) {
      return ofRequestHandler(type);
    }
    throw new LoadFailure(
        ClassCastException.class,
        "Class " + type.getName() + " does not implement an appropriate handler interface");
  }

  @SuppressWarnings("unchecked") // the serializers produce what the type arguments say
  private Handler ofRequestHandler(Class<?> type) throws LoadFailure, InvocationTargetException {
    Type[] arguments = TypeArguments.of(type, RequestHandler.class);
    PojoSerializer<Object> input = serializers.of(arguments[0]);
    PojoSerializer<Object> output = serializers.of(arguments[1]);
    RequestHandler<Object, Object> handler = (RequestHandler<Object, Object>) instance(type);
    return (in, out, context) ->
        output.toJson(handler.handleRequest(input.fromJson(in), context), out);
  }
}
