package dev.gatehouse.gateway.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = -5 * SECOND;

  private int taken(TokenBucket bucket, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += bucket.take(now) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aBurstIsTheCapacityAndTheRateComesBack() {
    TokenBucket bucket = new TokenBucket(new Limit(2, 5), now);
    assertThat(taken(bucket, 20)).isEqualTo(5);
    now += SECOND / 2 - 1;
    assertThat(taken(bucket, 20)).isZero();
    now += 1;
    assertThat(taken(bucket, 20)).isEqualTo(1);
    now += SECOND;
    assertThat(taken(bucket, 20)).isEqualTo(2);
    now += 3600 * SECOND;
    assertThat(taken(bucket, 20)).isEqualTo(5);
  }

  @Test
  void zeroLetsNoneThrough() {
    for (Limit limit : new Limit[] {new Limit(0, 0), new Limit(0, 5), new Limit(5, 0)}) {
      TokenBucket bucket = new TokenBucket(limit, now);
      now += 10 * SECOND;
      assertThat(taken(bucket, 10)).as("%s", limit).isZero();
    }
  }

  @Test
  void unevenRatesLoseNothingOverHours() {
    TokenBucket bucket = new TokenBucket(new Limit(3, 3), now);
    assertThat(taken(bucket, 5)).isEqualTo(3);
    for (int second = 0; second < 10_000; second++) {
      now += SECOND;
      assertThat(taken(bucket, 5)).isEqualTo(3);
    }
  }

  @Test
  void hugeBurstsAndTinyRatesStayWithinWhatANumberHolds() {
    TokenBucket huge = new TokenBucket(new Limit(1e-9, Integer.MAX_VALUE), now);
    assertThat(taken(huge, 1_000)).isEqualTo(1_000);
    TokenBucket fast = new TokenBucket(new Limit(1e12, 10), now);
    assertThat(fast.take(now)).isTrue();
    TokenBucket slow = new TokenBucket(new Limit(1e-5, 2), now);
    assertThat(taken(slow, 10)).isEqualTo(2);
    now += 99_999 * SECOND;
    assertThat(slow.take(now)).isFalse();
    now += SECOND;
    assertThat(taken(slow, 10)).isEqualTo(1);
  }

  @Test
  void fourThreadsTogetherTakeExactlyWhatThereIs() throws InterruptedException {
    TokenBucket bucket = new TokenBucket(new Limit(1_000, 50), 0);
    AtomicLong clock = new AtomicLong();
    AtomicLong taken = new AtomicLong(bucket.take(0) ? 1 : 0);
    CountDownLatch ready = new CountDownLatch(4);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.submit(() -> {
          ready.countDown();
          ready.await();
          for (int i = 0; i < 200_000; i++) {
            long time = clock.addAndGet(10_000);
            taken.addAndGet(bucket.take(time) ? 1 : 0);
          }
          return null;
        });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    long end = clock.get();
    assertThat(taken.get()).isEqualTo(50 + end / 1_000_000 - left(bucket, end));
  }

  private static long left(TokenBucket bucket, long now) {
    long left = 0;
    while (bucket.take(now)) {
      left++;
    }
    return left;
  }
}
