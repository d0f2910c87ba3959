package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.AuthorizerAnswer.Failed;
import dev.gatehouse.gateway.AuthorizerAnswer.Simple;
import dev.gatehouse.gateway.AuthorizerResults.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long answers are kept. */
class AuthorizerResultsTest {
  private static final AuthorizerAnswer YES = new Simple(true, new LambdaContext(null, null), 20);

  private static final Era ERA = new Era();

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AuthorizerResults results = new AuthorizerResults(nanos::get);

  private AuthorizerAnswer get(int ttl, Era era, String identity, AuthorizerAnswer answer) {
    return results
        .get(
            new Key(era, List.of(identity), ttl),
            () -> {
              asked.incrementAndGet();
              return CompletableFuture.completedFuture(answer);
            })
        .join();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void anAnswerIsKeptForItsTimeAndNoLonger() {
    get(300, ERA, "t", YES);
    pass(Duration.ofMillis(299_999));
    get(300, ERA, "t", YES);
    assertThat(asked).hasValue(1);
    pass(Duration.ofMillis(1));
    get(300, ERA, "t", YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void erasAndIdentitiesHaveTheirOwn() {
    get(300, ERA, "t", YES);
    get(300, new Era(), "t", YES);
    get(300, ERA, "t2", YES);
    assertThat(asked).hasValue(3);
  }

  @Test
  void withoutATimeNothingIsKept() {
    get(0, ERA, "t", YES);
    get(0, ERA, "t", YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void failuresAreNotKept() {
    Failed failed = new Failed(Fault.INTERNAL, "why");
    assertThat(get(300, ERA, "t", failed)).isEqualTo(failed);
    assertThat(get(300, ERA, "t", YES)).isEqualTo(YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFailureIsGoneAsSoonAsItIsTold() {
    Key key = new Key(ERA, List.of("t"), 300);
    CompletableFuture<AuthorizerAnswer> failing = new CompletableFuture<>();
    CompletableFuture<AuthorizerAnswer> next =
        results
            .get(key, () -> failing)
            .thenCompose(failed -> results.get(key, () -> CompletableFuture.completedFuture(YES)));
    failing.complete(new Failed(Fault.INTERNAL, "why"));
    assertThat(next).isCompletedWithValue(YES);
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 60_000; i++) {
      get(3_600, ERA, "t" + i, YES);
    }
    int before = asked.get();
    for (int i = 0; i < 60_000; i++) {
      get(3_600, ERA, "t" + i, YES);
    }
    assertThat(asked.get()).isGreaterThan(before);
  }

  @Test
  void whatFunctionsAnswerCountsForMemory() {
    AuthorizerAnswer large = new Simple(true, new LambdaContext(null, null), 64 * 1024);
    for (int i = 0; i < 200; i++) {
      get(3_600, ERA, "t" + i, large);
    }
    int before = asked.get();
    for (int i = 0; i < 200; i++) {
      get(3_600, ERA, "t" + i, large);
    }
    assertThat(asked.get()).isGreaterThan(before);
  }
}
