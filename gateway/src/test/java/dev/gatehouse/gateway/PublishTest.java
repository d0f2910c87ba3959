package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.Difference;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.ApiRelease.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishTest {

  @Test
  void aDifferenceChangesWhatItNamesAndNothingElse() throws Exception {
    try (Backends one = Backends.answering("one");
        Backends two = Backends.answering("two")) {
      Definitions before = new Definitions().http("GET /a", one.url()).http("GET /b", one.url());
      Definitions after = new Definitions().http("GET /a", two.url()).http("GET /c", two.url());
      try (RunningGateway gateway = RunningGateway.serving(before)) {
        gateway.gateway().publish(difference(before, after, 1));
        assertThat(gateway.exchange("GET /a")).endsWith("two");
        assertThat(gateway.exchange("GET /b")).startsWith("HTTP/1.1 404");
        assertThat(gateway.exchange("GET /c")).endsWith("two");
      }
    }
  }

  @Test
  void aDifferenceToWhatIsNotServedChangesNothing() throws Exception {
    try (Backends one = Backends.answering("one");
        Backends two = Backends.answering("two")) {
      Definitions before = new Definitions().http("GET /a", one.url());
      Definitions after = new Definitions().http("GET /a", two.url());
      try (RunningGateway gateway = RunningGateway.serving(before)) {
        Gateway target = gateway.gateway();
        assertThatThrownBy(() -> target.publish(difference(before, after, 7)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                () -> target.publish(difference(before, after.variable("new", "value"), 1)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(gateway.exchange("GET /a")).endsWith("one");
      }
    }
  }

  private static ApiRelease difference(Definitions before, Definitions after, long base) {
    ApiRelease whole = after.release();
    StageRelease stage = whole.stages().getFirst();
    Whole old = (Whole) before.release().stages().getFirst().deployed();
    Whole fresh = (Whole) stage.deployed();
    Difference difference =
        new Difference(
            base,
            2,
            fresh.api(),
            fresh.authorizers(),
            old.routes(),
            fresh.routes(),
            List.of("i0", "i1"),
            fresh.integrations());
    return new ApiRelease(
        whole.scope(),
        whole.apiId(),
        whole.protocol(),
        List.of(new StageRelease(stage.stage(), difference)));
  }
}
