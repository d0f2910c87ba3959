package dev.gatehouse.client;

import java.util.List;

/**
 * What an {@code ensure} left, and what it did for it.
 *
 * @param value the resource as it is now
 * @param change what was done
 * @param updated names of the members that differed and were updated, as AWS calls them
 */
public record Ensured<T>(T value, Change change, List<String> updated) {

  /** What was done. */
  public enum Change {
    /** It was missing. */
    CREATED,
    /** It was there and differed. */
    UPDATED,
    /** It was there as wanted; nothing was written. */
    UNCHANGED
  }

  public Ensured {
    updated = List.copyOf(updated);
  }

  static <T> Ensured<T> created(T value) {
    return new Ensured<>(value, Change.CREATED, List.of());
  }

  static <T> Ensured<T> kept(T value, List<String> updated) {
    return new Ensured<>(value, updated.isEmpty() ? Change.UNCHANGED : Change.UPDATED, updated);
  }
}
