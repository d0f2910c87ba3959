package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.wire.rest.Operation;
import dev.gatehouse.wire.rest.Operations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a call holds, it is answered or refused: no fault of ours comes of it. */
class RandomCallsTest {
  private static final int CALLS = Integer.getInteger("gatehouse.random.calls", 6000);
  private static final long SEED = Long.getLong("gatehouse.random.seed", 1L);

  @TempDir Path data;

  private static boolean isBuilt(Operation operation) {
    String name = operation.name();
    return !name.contains("Portal") && !name.contains("Product") && !name.contains("port");
  }

  @Test
  void noCallIsAnsweredWithAFault() {
    RandomGenerator random = new SplittableRandom(SEED);
    List<Operation> operations =
        Operations.load().all().stream().filter(RandomCallsTest::isBuilt).toList();
    RandomCalls calls = new RandomCalls(random);
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (Console console = new Console(data)) {
      calls.learn(console.get("/v2/apis/" + console.httpApi()).body());
      calls.learn(console.get("/v2/apis/" + console.webSocketApi()).body());
      for (int i = 0; i < CALLS; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        boolean deletes = operation.method().equals("DELETE");
        if (deletes && random.nextInt(4) > 0) {
          continue;
        }
        String target = calls.target(operation);
        String body = calls.body(operation).toString();
        Answer answer = console.ask(operation.method(), target, body);
        statuses.merge(answer.status(), 1, Integer::sum);
        assertThat(answer.status())
            .as("%s %s %s: %s", operation.name(), target, body, answer.body())
            .isIn(200, 201, 202, 204, 400, 404, 409, 429, 501);
        if (operation.name().startsWith("Create") && answer.status() == 201) {
          calls.learn(answer.body());
        }
      }
    }
    assertThat(statuses).containsKeys(200, 201, 204, 400, 404, 409);
    assertThat(statuses.get(201)).isGreaterThan(20);
  }
}
