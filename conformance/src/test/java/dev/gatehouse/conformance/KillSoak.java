package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process in the middle of writes, again and again. Not part of the gate: {@code .ci/soak
 * kills} runs it, {@code -Dsoak.rounds} times.
 */
class KillSoak {
  private static final int ROUNDS = Integer.getInteger("soak.rounds", 100);
  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
  private static final int LONGEST_MILLIS = 400;
  private static final String GONE = "(gone)";

  @TempDir Path folder;

  private int writes;

  @Test
  void whatWasAnsweredIsThereAfterEveryKill() throws Exception {
    Random random = new Random(SEED);
    try (RunningGatehouse gatehouse = RunningGatehouse.start(folder.resolve("data"));
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      for (int round = 1; round <= ROUNDS; round++) {
        var writer = CompletableFuture.supplyAsync(() -> write(gatehouse.control()));
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        gatehouse.kill();
        Map<String, Set<String>> expected = writer.join();
        gatehouse.restart();
        check(gatehouse.control(), expected, round);
        assertThat(api.get("/x").text()).as("round %d, seed %d", round, SEED).isEqualTo("ok");
      }
    }
    System.out.printf("soak: %d kills, %d answered writes kept, seed %d%n", ROUNDS, writes, SEED);
  }

  /**
   * Creates APIs, describes each and deletes every other one, until the server is gone.
   *
   * @return by API id, what it may be like: one thing where the last write was answered, two where
   *     the answer never came
   */
  private Map<String, Set<String>> write(Control control) {
    Map<String, Set<String>> expected = new HashMap<>();
    try {
      for (int number = 1; ; number++) {
        Reply created = control.post("/v2/apis", "{\"name\":\"soak\",\"protocolType\":\"HTTP\"}");
        String id = created.json().path("apiId").asString();
        answered(201, created);
        String description = "described " + number;
        expected.put(id, Set.of("", description));
        answered(200, control.patch("/v2/apis/" + id, "{\"description\":\"" + description + "\"}"));
        expected.put(id, Set.of(description));
        if (number % 2 == 0) {
          expected.put(id, Set.of(description, GONE));
          answered(204, control.delete("/v2/apis/" + id));
          expected.put(id, Set.of(GONE));
        }
      }
    } catch (IOException killed) {
      return expected;
    }
  }

  private void answered(int status, Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    writes++;
  }

  /** Checks what is there, and takes it away, so that the quota of APIs is never met. */
  private static void check(Control control, Map<String, Set<String>> expected, int round)
      throws IOException {
    for (Map.Entry<String, Set<String>> api : expected.entrySet()) {
      String path = "/v2/apis/" + api.getKey();
      Reply kept = control.get(path);
      String found = kept.status() == 404 ? GONE : kept.json().path("description").asString("");
      assertThat(found).as("round %d, seed %d, %s", round, SEED, kept).isIn(api.getValue());
      if (!found.equals(GONE)) {
        assertThat(control.delete(path).status()).isEqualTo(204);
      }
    }
  }
}
