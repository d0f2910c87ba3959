package dev.gatehouse.runtime.java;

/** The handler cannot be loaded; the process reports why and ends. */
final class LoadFailure extends Exception {
  private final transient Fault fault;

  LoadFailure(Fault fault) {
    super(fault.text(), null, false, false);
    this.fault = fault;
  }

  LoadFailure(Class<? extends Throwable> type, String message) {
    this(Fault.of(type.getName(), message));
  }

  Fault fault() {
    return fault;
  }
}
