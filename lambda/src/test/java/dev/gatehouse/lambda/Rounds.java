package dev.gatehouse.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** The same thing many times, some of them at once. */
final class Rounds {
  /** One of them. */
  interface Round {
    void run() throws Exception;
  }

  private Rounds() {}

  /** Returns when all have ended; the first failure of each of those at once stops it. */
  static void run(int rounds, int atOnce, Round round) throws Exception {
    AtomicInteger left = new AtomicInteger(rounds);
    Callable<Void> worker =
        () -> {
          while (left.getAndDecrement() > 0) {
            round.run();
          }
          return null;
        };
    List<FutureTask<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds, atOnce); i++) {
      workers.add(new FutureTask<>(worker));
    }
    workers.forEach(Thread::startVirtualThread);
    for (FutureTask<Void> each : workers) {
      each.get();
    }
  }
}
