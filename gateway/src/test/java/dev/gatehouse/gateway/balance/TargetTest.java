package dev.gatehouse.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.balance.TargetDefinition.Upstream;
import dev.gatehouse.gateway.upstream.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final String ARN = "arn:aws:elasticloadbalancing:r:1:listener/app/a/b/c";
  private static final String SERVICE = "arn:aws:servicediscovery:r:1:service/srv-1";
  private static final int CHOICES = 20_000;

  private final SplittableRandom random = new SplittableRandom(7);
  private long now = 1_000_000_000L;

  private Target target(int upstreams) {
    return target(upstreams, Duration.ZERO);
  }

  private Target target(int upstreams, Duration slowStart) {
    List<Upstream> all = new ArrayList<>();
    for (int i = 0; i < upstreams; i++) {
      all.add(new Upstream(new Origin("h" + i, 80, false), Map.of("even", "" + (i % 2 == 0))));
    }
    TargetDefinition definition =
        new TargetDefinition(all, null, null, new Ejection(3, Duration.ofSeconds(10)), slowStart);
    Targets targets = new Targets(Map.of(ARN, definition), () -> now);
    return targets.ofArn(ARN).orElseThrow();
  }

  private Endpoint choose(Target target) {
    return target.choose(random.nextLong(), List.of());
  }

  private Map<String, Integer> choices(Target target) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < CHOICES; i++) {
      counts.merge(choose(target).origin().host(), 1, Integer::sum);
    }
    return counts;
  }

  private void fail(Target target, Endpoint endpoint, int times) {
    for (int i = 0; i < times; i++) {
      target.failed(endpoint);
    }
  }

  @Test
  void idleUpstreamsGetAlikeShares() {
    for (int size : new int[] {2, 3, 7, 10}) {
      Map<String, Integer> counts = choices(target(size));
      assertThat(counts).hasSize(size);
      double fair = (double) CHOICES / size;
      assertThat(counts.values()).allSatisfy(n -> assertThat(n / fair).isBetween(0.85, 1.15));
    }
  }

  @Test
  void theLessBusyOfTwoIsChosen() {
    Target target = target(2);
    Endpoint busy = target.endpoints().getFirst();
    for (int i = 0; i < 10; i++) {
      target.begin(busy);
    }
    assertThat(choices(target).get("h0")).isLessThan(CHOICES / 6);
    for (int i = 0; i < 10; i++) {
      target.end(busy);
    }
    assertThat(choices(target).get("h0")).isBetween(CHOICES * 2 / 5, CHOICES * 3 / 5);
  }

  @Test
  void requestsUnderWayEvenOut() {
    Target target = target(5);
    for (int i = 0; i < 1_000; i++) {
      target.begin(choose(target));
    }
    for (Endpoint endpoint : target.endpoints()) {
      assertThat(endpoint.condition().underWay()).isBetween(190, 210);
    }
  }

  @Test
  void anUpstreamThatDoesNotAnswerIsLeftAloneForAWhile() {
    Target target = target(3);
    Endpoint bad = target.endpoints().get(1);
    fail(target, bad, 2);
    assertThat(choices(target)).containsKey("h1");
    fail(target, bad, 1);
    assertThat(choices(target)).doesNotContainKey("h1");
    now += Duration.ofSeconds(10).toNanos();
    assertThat(choices(target)).containsKey("h1");
  }

  @Test
  void anAnswerInBetweenForgetsFailures() {
    Target target = target(2);
    Endpoint endpoint = target.endpoints().getFirst();
    fail(target, endpoint, 2);
    target.answered(endpoint);
    fail(target, endpoint, 2);
    assertThat(choices(target)).containsKey("h0");
  }

  @Test
  void oneThatFailsAgainWhenItComesBackIsLeftAloneForLonger() {
    Target target = target(2);
    Endpoint bad = target.endpoints().getFirst();
    fail(target, bad, 3);
    now += Duration.ofSeconds(10).toNanos();
    assertThat(choices(target)).containsKey("h0");
    fail(target, bad, 1);
    now += Duration.ofSeconds(11).toNanos();
    assertThat(choices(target)).doesNotContainKey("h0");
    now += Duration.ofSeconds(9).toNanos();
    assertThat(choices(target)).containsKey("h0");
    target.answered(bad);
    fail(target, bad, 3);
    now += Duration.ofSeconds(10).toNanos();
    assertThat(choices(target)).containsKey("h0");
  }

  @Test
  void neverAreMoreThanHalfLeftAlone() {
    Target four = target(4);
    four.endpoints().forEach(endpoint -> fail(four, endpoint, 50));
    assertThat(choices(four)).containsOnlyKeys("h2", "h3");
    Target three = target(3);
    three.endpoints().forEach(endpoint -> fail(three, endpoint, 50));
    assertThat(choices(three)).containsOnlyKeys("h1", "h2");
    Target one = target(1);
    fail(one, one.endpoints().getFirst(), 50);
    assertThat(choices(one)).containsOnlyKeys("h0");
  }

  @Test
  void oneThatIsUnwellGetsNothingAndNoneMayBeLeft() {
    Target target = target(2);
    target.endpoints().getFirst().condition().healthy(false, now);
    assertThat(choices(target)).containsOnlyKeys("h1");
    target.endpoints().getLast().condition().healthy(false, now);
    assertThat(choose(target)).isNull();
    Target one = target(1);
    one.endpoints().getFirst().condition().healthy(false, now);
    assertThat(choose(one)).isNull();
  }

  @Test
  void oneThatComesBackStartsSlowly() {
    Target target = target(4, Duration.ofSeconds(30));
    Endpoint back = target.endpoints().getFirst();
    back.condition().healthy(false, now);
    back.condition().healthy(true, now);
    double fair = CHOICES / 4.0;
    assertThat(choices(target).get("h0") / fair).isBetween(0.02, 0.35);
    now += Duration.ofSeconds(15).toNanos();
    assertThat(choices(target).get("h0") / fair).isBetween(0.4, 0.9);
    now += Duration.ofSeconds(16).toNanos();
    assertThat(choices(target).get("h0") / fair).isBetween(0.85, 1.15);
  }

  @Test
  void aRetryGoesElsewhere() {
    Target target = target(2);
    Endpoint not = target.endpoints().getFirst();
    for (int i = 0; i < 100; i++) {
      assertThat(target.choose(random.nextLong(), List.of(not)))
          .isSameAs(target.endpoints().getLast());
    }
    Target one = target(1);
    assertThat(one.choose(random.nextLong(), one.endpoints())).isNull();
  }

  private Targets services() {
    List<Upstream> all =
        List.of(
            new Upstream(
                new Origin("blue", 80, false), Map.of("stage", "prod", "deployment", "blue")),
            new Upstream(
                new Origin("green", 80, false), Map.of("stage", "prod", "deployment", "green")),
            new Upstream(new Origin("test", 80, false), Map.of("stage", "test")));
    TargetDefinition one =
        new TargetDefinition(
            List.of(new Upstream(new Origin("10.0.0.1", 8443, true), Map.of())),
            "inner.example",
            null,
            Ejection.DEFAULT,
            Duration.ZERO);
    return new Targets(
        Map.of(
            SERVICE,
            new TargetDefinition(all, null, null, Ejection.DEFAULT, Duration.ZERO),
            SERVICE + "?stage=named",
            one,
            "Internal-LB.example",
            one),
        () -> now);
  }

  private static List<String> hosts(Target target) {
    return target.endpoints().stream().map(endpoint -> endpoint.origin().host()).toList();
  }

  @Test
  void theFilterOfAServiceChoosesByAttributes() {
    Targets targets = services();
    assertThat(hosts(targets.ofArn(SERVICE).orElseThrow()))
        .containsExactly("blue", "green", "test");
    assertThat(hosts(targets.ofArn(SERVICE + "?stage=prod").orElseThrow()))
        .containsExactly("blue", "green");
    assertThat(hosts(targets.ofArn(SERVICE + "?stage=prod&deployment=green").orElseThrow()))
        .containsExactly("green");
    assertThat(targets.ofArn(SERVICE + "?stage=none")).isEmpty();
    assertThat(hosts(targets.ofArn(SERVICE + "?stage=named").orElseThrow()))
        .containsExactly("10.0.0.1");
    assertThat(targets.ofArn(SERVICE + "x")).isEmpty();
  }

  @Test
  void howAnUpstreamIsDoesNotDependOnHowItIsReached() {
    Targets targets = services();
    Target all = targets.ofArn(SERVICE).orElseThrow();
    all.endpoints().getFirst().condition().healthy(false, now);
    Target filtered = targets.ofArn(SERVICE + "?deployment=blue").orElseThrow();
    assertThat(choose(filtered)).isNull();
    assertThat(choose(Targets.secured(filtered, "x"))).isNull();
  }

  @Test
  void aHostMayStandForUpstreamsAndElseForItself() {
    Targets targets = services();
    Target plain = targets.ofUrl(new Origin("internal-lb.example", 80, false));
    assertThat(choose(plain).origin())
        .isEqualTo(new Origin("10.0.0.1", 8443, true, "inner.example"));
    Target secure = targets.ofUrl(new Origin("internal-lb.example", 443, true));
    assertThat(choose(secure).origin())
        .isEqualTo(new Origin("10.0.0.1", 8443, true, "internal-lb.example"));
    Origin other = new Origin("elsewhere.example", 80, false);
    assertThat(choose(targets.ofUrl(other)).origin()).isEqualTo(other);
  }

  @Test
  void anIntegrationsTlsGoesBeforeTheTargets() {
    Target target = services().ofArn(SERVICE + "?stage=named").orElseThrow();
    assertThat(choose(Targets.secured(target, "mine.example")).origin().serverName())
        .isEqualTo("mine.example");
    assertThat(choose(Targets.secured(target, null)).origin().serverName())
        .isEqualTo("inner.example");
  }
}
