package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The store could not do what was asked. The message says why, in words for an operator. */
public final class StoreException extends RuntimeException {
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
