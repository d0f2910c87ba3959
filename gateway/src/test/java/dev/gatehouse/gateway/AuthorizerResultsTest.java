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
  private static final AuthorizerAnswer YES = new Simple(true, new LambdaContext(null, null));

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AuthorizerResults results = new AuthorizerResults(nanos::get);

  private AuthorizerAnswer get(int ttl, String stage, String identity, AuthorizerAnswer answer) {
    LambdaAuthorizer authorizer = new LambdaAuthorizer("a", "arn", true, true, List.of(), ttl);
    return results
        .get(
            new Key("api", stage, "epoch", authorizer, List.of(identity)),
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
    get(300, "s", "t", YES);
    pass(Duration.ofMillis(299_999));
    get(300, "s", "t", YES);
    assertThat(asked).hasValue(1);
    pass(Duration.ofMillis(1));
    get(300, "s", "t", YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void stagesAndIdentitiesHaveTheirOwn() {
    get(300, "s", "t", YES);
    get(300, "s2", "t", YES);
    get(300, "s", "t2", YES);
    assertThat(asked).hasValue(3);
  }

  @Test
  void withoutATimeNothingIsKept() {
    get(0, "s", "t", YES);
    get(0, "s", "t", YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void failuresAreNotKept() {
    Failed failed = new Failed(Fault.INTERNAL, "why");
    assertThat(get(300, "s", "t", failed)).isEqualTo(failed);
    assertThat(get(300, "s", "t", YES)).isEqualTo(YES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 20_000; i++) {
      get(3_600, "s", "t" + i, YES);
    }
    int before = asked.get();
    for (int i = 0; i < 20_000; i++) {
      get(3_600, "s", "t" + i, YES);
    }
    assertThat(asked.get()).isGreaterThan(before);
  }
}
