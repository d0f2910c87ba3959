package dev.gatehouse.runtime.java;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names below {@code .localhost} on JDK 17, which has no other way in than by reflection, and only
 * where the command line opens {@code java.net}. Where that fails such names are the system's
 * affair.
 */
final class OldLocalhostNames {
  private static final int FIRST_WITH_PROVIDERS = 18;

  private OldLocalhostNames() {}

  static void install() {
    if (Runtime.version().feature() >= FIRST_WITH_PROVIDERS) {
      return;
    }
    try {
      Class<?> service = Class.forName("java.net.InetAddress$NameService");
      Field field = InetAddress.class.getDeclaredField("nameService");
      field.setAccessible(true);
      Object system = field.get(null);
      field.set(
          null,
          java.lang.reflect.Proxy.newProxyInstance(
              service.getClassLoader(),
              new Class<?>[] {service},
              (proxy, method, arguments) -> ask(system, method, arguments)));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.err.println("Names below .localhost are not known to this JDK: " + e);
    }
  }

  private static Object ask(Object system, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean below =
        arguments != null
            && arguments.length == 1
            && arguments[0] instanceof String name
            && name.toLowerCase(Locale.ROOT).endsWith(".localhost");
    try {
      method.setAccessible(true);
      return method.invoke(system, below ? new Object[] {"localhost"} : arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
