package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How many invocations of each function, over all its versions, run at the moment. */
final class Concurrency {
  private final Map<FunctionKey, Integer> running = new ConcurrentHashMap<>();

  /** Counts an invocation that begins; false where as many run as are reserved for the function. */
  boolean enter(FunctionKey key, Optional<Integer> reserved) {
    int most = reserved.orElse(Integer.MAX_VALUE);
    boolean[] entered = new boolean[1];
    running.compute(
        key,
        (k, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < most;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  /** An invocation has ended. */
  void leave(FunctionKey key) {
    running.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }
}
