package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.FullDisk;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A server on a small file system that is full; {@code .ci/soak disk} mounts it. */
class DiskSoak {

  @Test
  void writesAreRefusedOnAFullFileSystemAndReadsGoOn() throws Exception {
    Path mount = Path.of(System.getProperty("soak.mount"));
    Path ballast = mount.resolve("ballast");
    try (RunningGatehouse gw = RunningGatehouse.start(mount.resolve("data"));
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      fill(ballast);
      useUp(gw.control(), api);
      FullDisk.assertRefusesWritesOnly(gw.control(), api);
      Files.delete(ballast);
      FullDisk.assertWritesAgain(gw.control(), api);
      gw.stop();
      gw.restart();
      FullDisk.assertWritesAgain(gw.control(), api);
    }
    System.out.println("soak: a full file system refused writes only");
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  /** Uses the room that the store's own files still have. */
  private static void useUp(Control control, HttpApi api) throws IOException {
    for (int i = 0; i < 10_000; i++) {
      Reply reply =
          control.patch(api.path(""), "{\"description\":\"" + i + "x".repeat(1000) + "\"}");
      if (reply.status() != 200) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(503);
        return;
      }
    }
    throw new AssertionError("The file system takes ever more");
  }
}
