package dev.gatehouse.store;

/** A put whose unique key another living row has. The transaction goes on without the put. */
public final class UniqueKeyTaken extends RuntimeException {
  public UniqueKeyTaken(String uniqueKey) {
    super(uniqueKey, null, false, false);
  }
}
