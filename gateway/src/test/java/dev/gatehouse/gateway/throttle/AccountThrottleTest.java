package dev.gatehouse.gateway.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Scope;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccountThrottleTest {
  private static final Scope ONE = new Scope("111111111111", "us-east-1");
  private static final Scope OTHER = new Scope("222222222222", "us-east-1");

  @Test
  void everyAccountAndRegionHasABucketOfItsOwn() {
    AccountThrottle throttle = new AccountThrottle(new Limit(2, 3));
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.admits(ONE, 0)).isTrue();
    }
    assertThat(throttle.admits(ONE, 0)).isFalse();
    assertThat(throttle.admits(OTHER, 0)).isTrue();
    assertThat(throttle.admits(new Scope("111111111111", "eu-west-1"), 0)).isTrue();
    long later = TimeUnit.SECONDS.toNanos(1);
    assertThat(throttle.admits(ONE, later)).isTrue();
    assertThat(throttle.admits(ONE, later)).isTrue();
    assertThat(throttle.admits(ONE, later)).isFalse();
  }

  @Test
  void withoutALimitAllGetThrough() {
    AccountThrottle throttle = new AccountThrottle(null);
    for (int i = 0; i < 10_000; i++) {
      assertThat(throttle.admits(ONE, 0)).isTrue();
    }
  }
}
