package dev.gatehouse.store;

/** The store could not do what was asked. */
public final class StoreException extends RuntimeException {
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
