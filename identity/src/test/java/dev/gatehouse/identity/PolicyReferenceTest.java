package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random policies mean what the reference says. {@code -Dgatehouse.policies=N} tries N of them in
 * place of those of the gate; {@code -Dgatehouse.seed=S} begins elsewhere.
 */
class PolicyReferenceTest {
  private static final int QUESTIONS = 5;

  @Test
  void randomPoliciesMeanWhatTheReferenceSays() {
    long seed = Long.getLong("gatehouse.seed", 20_261_122L);
    int policies = Integer.getInteger("gatehouse.policies", 5_000);
    Map<Policy.Judgement, Integer> seen = new EnumMap<>(Policy.Judgement.class);
    for (int i = 0; i < policies; i++) {
      RandomPolicies random = new RandomPolicies(seed + i);
      ObjectNode document = random.policy();
      Policy policy = Policy.parseHeld(document.toString());
      ReferencePolicy reference = new ReferencePolicy(document);
      for (int q = 0; q < QUESTIONS; q++) {
        String action = random.action();
        String resource = random.resource();
        Map<String, List<String>> context = random.context();
        Policy.Judgement judged =
            policy.judge(
                new AccessRequest(
                    new Principal.Account("1"), action, resource, new Context(context)));
        assertThat(judged.name())
            .as(
                "seed %d: %s asked for %s on %s with %s",
                seed + i, document, action, resource, context)
            .isEqualTo(reference.judge(action, resource, context));
        seen.merge(judged, 1, Integer::sum);
      }
    }
    int least = policies * QUESTIONS / 50;
    for (Policy.Judgement judgement : Policy.Judgement.values()) {
      assertThat(seen.getOrDefault(judgement, 0)).as("%s", judgement).isGreaterThan(least);
    }
  }
}
