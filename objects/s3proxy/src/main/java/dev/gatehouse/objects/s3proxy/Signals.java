package dev.gatehouse.objects.s3proxy;

/**
 * Lets the signals pass that a terminal or a service manager sends to parent and child alike. The
 * parent drains first, and transfers that are under way need this process until it is done; then it
 * closes our standard input. By reflection, since {@code sun.misc.Signal} is all that the JDK has
 * for it and the compiler warns of its use without a way to say that it is meant.
 */
final class Signals {
  private Signals() {}

  static void ignore(String... names) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object ignore = handler.getField("SIG_IGN").get(null);
    for (String name : names) {
      Object one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, one, ignore);
    }
  }
}
