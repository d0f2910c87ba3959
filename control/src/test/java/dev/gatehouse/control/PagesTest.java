package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PagesTest {
  @TempDir Path data;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(data);
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void whatWasThereAllTheTimeIsListedOnceWhileOthersWrite() throws Exception {
    List<String> lasting = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lasting.add(console.httpApi());
    }
    AtomicBoolean done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() -> {
            while (!done.get()) {
              console.delete("/v2/apis/" + console.httpApi()).ok(204);
            }
          });
      try {
        for (int round = 0; round < 5; round++) {
          List<String> listed = listed(7);
          assertThat(listed).doesNotHaveDuplicates().containsAll(lasting);
        }
      } finally {
        done.set(true);
      }
      writer.get();
    }
    assertThat(listed(7)).containsExactlyInAnyOrderElementsOf(lasting);
  }

  private List<String> listed(int size) {
    List<String> ids = new ArrayList<>();
    JsonNode page = console.get("/v2/apis?maxResults=" + size).ok(200).body();
    while (true) {
      page.get("items").forEach(item -> ids.add(item.get("apiId").stringValue()));
      if (!page.has("nextToken")) {
        return ids;
      }
      assertThat(page.get("items")).hasSize(size);
      String token = page.get("nextToken").stringValue();
      page = console.get("/v2/apis?maxResults=" + size + "&nextToken=" + token).ok(200).body();
    }
  }

  @Test
  void aTokenIsGoodForItsListOnly() {
    String api = console.httpApi();
    console.httpApi();
    String token = console.get("/v2/apis?maxResults=1").ok(200).text("nextToken");
    for (String list :
        new String[] {"/v2/apis/" + api + "/routes", "/v2/vpclinks", "/v2/domainnames"}) {
      assertThat(console.get(list + "?nextToken=" + token).status()).as(list).isEqualTo(400);
    }
  }
}
