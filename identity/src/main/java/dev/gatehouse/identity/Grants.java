package dev.gatehouse.identity;

import java.util.List;

/** What principals hold: the policies that say what they may do. Never blocks. */
@FunctionalInterface
public interface Grants {

  /** What a principal holds. */
  Holding of(Identity identity);

  /** What a principal may do. */
  sealed interface Holding {
    /** Everything in its account. */
    record Everything() implements Holding {}

    /**
     * What the policies say; nothing without any.
     *
     * @param boundary what none of them goes beyond; empty where there is no such policy
     */
    record Policies(List<Policy> policies, List<Policy> boundary) implements Holding {
      public Policies {
        policies = List.copyOf(policies);
        boundary = List.copyOf(boundary);
      }
    }
  }
}
