package dev.gatehouse.cli;

import dev.gatehouse.server.Configuration;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A server in the foreground of a terminal: from its start to Ctrl-C. */
final class Serving {

  private static final int HIGHEST_PORT = 65535;

  private Serving() {}

  /**
   * Starts a server and keeps it until the process is stopped.
   *
   * @throws IOException where it can't start; the message is for a person to read
   */
  static void run(ServeOptions options, Launch launch) throws IOException, InterruptedException {
    Gatehouse gatehouse = Gatehouse.start(configuration(options, launch));
    try (gatehouse) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(gatehouse::close));
      print(gatehouse, launch);
      if (options.rehearse()) {
        Rehearsal.run(local(gatehouse));
        return;
      }
      new CountDownLatch(1).await();
    }
  }

  private static Configuration configuration(ServeOptions options, Launch launch)
      throws IOException {
    if (options.port() < 0 || options.port() > HIGHEST_PORT) {
      throw new IOException("there is no port " + options.port() + "; use 0 to " + HIGHEST_PORT);
    }
    return new Configuration(
        InetAddress.getLoopbackAddress(),
        options.port(),
        data(options),
        options.ephemeral(),
        launch.home(),
        Map.of("java25", Path.of(System.getProperty("java.home"))));
  }

  private static Path data(ServeOptions options) throws IOException {
    if (options.ephemeral()) {
      return Files.createTempDirectory("gatehouse-");
    }
    if (options.data() != null) {
      return options.data();
    }
    String shared = environment("XDG_DATA_HOME");
    if (shared != null) {
      return Path.of(shared, "gatehouse");
    }
    String home = environment("HOME");
    return Path.of(
        home == null ? System.getProperty("user.home") : home, ".local", "share", "gatehouse");
  }

  private static @Nullable String environment(String name) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static void print(Gatehouse gatehouse, Launch launch) {
    System.out.print(
        """
        Gatehouse %s
          endpoint  %s
          health    %2$s/_gatehouse/health
          data      %s
          started   in %s; Ctrl-C stops it
        """
            .formatted(Version.text(), local(gatehouse), gatehouse.data(), launch.elapsed()));
    System.out.flush();
  }

  /** The endpoint by number: nothing to look up, whatever the machine calls itself. */
  private static URI local(Gatehouse gatehouse) {
    return URI.create("http://127.0.0.1:" + gatehouse.endpoint().getPort());
  }
}
