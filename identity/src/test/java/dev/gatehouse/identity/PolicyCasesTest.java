package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What policies mean, case by case, each with where it is written. */
class PolicyCasesTest {

  @TestFactory
  Stream<DynamicTest> policiesMeanWhatTheirSourceSays() throws IOException {
    try (InputStream in = PolicyCasesTest.class.getResourceAsStream("policy-cases.json")) {
      JsonNode cases = Json.mapper().readTree(Objects.requireNonNull(in).readAllBytes());
      List<DynamicTest> tests = new ArrayList<>();
      for (JsonNode each : cases) {
        String name = each.path("source").asString() + ": " + each.path("name").asString();
        tests.add(DynamicTest.dynamicTest(name, () -> check(each)));
      }
      assertThat(tests).hasSizeGreaterThan(50);
      return tests.stream();
    }
  }

  private static void check(JsonNode each) {
    AccessRequest request =
        new AccessRequest(
            new Principal.Account("111122223333"),
            each.path("action").asString(),
            each.path("resource").asString(),
            context(each.path("context")));
    assertThat(Policy.parseHeld(each.path("policy").toString()).judge(request).name())
        .isEqualTo(each.path("expect").asString());
  }

  static Context context(JsonNode node) {
    Map<String, List<String>> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> key : node.properties()) {
      JsonNode value = key.getValue();
      values.put(
          key.getKey(),
          value.isArray()
              ? value.valueStream().map(JsonNode::asString).toList()
              : List.of(value.asString()));
    }
    return new Context(values);
  }
}
