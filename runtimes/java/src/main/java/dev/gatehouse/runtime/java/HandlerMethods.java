package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handlers named by a method: {@code (Event)}, {@code (Event, Context)}, {@code (Context)}, {@code
 * ()}, or streams. Of several methods of the name the one that takes most wins, and of those one
 * that takes a {@link Context}.
 */
record HandlerMethods(Class<?> type, Serializers serializers) {

  Handler load(String name) throws LoadFailure, InvocationTargetException {
    List<Method> candidates =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> !method.isBridge() && !method.isSynthetic())
            .filter(HandlerMethods::fits)
            .sorted(Comparator.comparingInt(HandlerMethods::rank).reversed())
            .toList();
    if (candidates.isEmpty()) {
      throw new LoadFailure(
          NoSuchMethodException.class,
          "No public method named "
              + name
              + " with appropriate method signature found on class "
              + type.getName());
    }
    Method method = candidates.get(0);
    Object target = Modifier.isStatic(method.getModifiers()) ? null : Handlers.instance(type);
    return takesStreams(method) ? ofStreams(method, target) : ofObjects(method, target);
  }

  private static boolean fits(Method method) {
    int parameters = method.getParameterCount();
    return takesStreams(method)
        || parameters < 2
        || (parameters == 2 && method.getParameterTypes()[1] == Context.class);
  }

  private static int rank(Method method) {
    return 2 * method.getParameterCount() + (takesContext(method) ? 1 : 0);
  }

  private static boolean takesContext(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 0 && types[types.length - 1] == Context.class;
  }

  private static boolean takesStreams(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length >= 2
        && types[0] == InputStream.class
        && types[1] == OutputStream.class
        && (types.length == 2 || (types.length == 3 && types[2] == Context.class));
  }

  private static Handler ofStreams(Method method, @Nullable Object target) {
    return method.getParameterCount() == 3
        ? (in, out, context) -> method.invoke(target, in, out, context)
        : (in, out, context) -> method.invoke(target, in, out);
  }

  private Handler ofObjects(Method method, @Nullable Object target) {
    Type[] types = types(method);
    boolean takesContext = takesContext(method);
    boolean takesEvent = method.getParameterCount() > (takesContext ? 1 : 0);
    PojoSerializer<Object> input = takesEvent ? serializers.of(types[0]) : null;
    PojoSerializer<Object> output =
        method.getReturnType() == void.class ? null : serializers.of(types[1]);
    return (in, out, context) -> {
      Object[] arguments = new Object[method.getParameterCount()];
      if (input != null) {
        arguments[0] = input.fromJson(in);
      }
      if (takesContext) {
        arguments[arguments.length - 1] = context;
      }
      Object result = method.invoke(target, arguments);
      if (output == null) {
        out.write(new byte[] {'n', 'u', 'l', 'l'});
      } else {
        output.toJson(result, out);
      }
    };
  }

  /** What goes in and out; a generic interface says it better than an inherited method. */
  private Type[] types(Method method) {
    if (RequestHandler.class.isAssignableFrom(type) && method.getName().equals("handleRequest")) {
      return TypeArguments.of(type, RequestHandler.class);
    }
    Type[] parameters = method.getGenericParameterTypes();
    return new Type[] {
      parameters.length == 0 ? Object.class : parameters[0], method.getGenericReturnType()
    };
  }
}
