package dev.gatehouse.cli;

import dev.gatehouse.identity.Credential;
import dev.gatehouse.server.Configuration;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.Version;
import dev.gatehouse.server.config.Flags;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
    if (options.port() != null && (options.port() < 0 || options.port() > HIGHEST_PORT)) {
      throw new IOException("there is no port " + options.port() + "; use 0 to " + HIGHEST_PORT);
    }
    Flags flags = new Flags(options.config(), options.port(), options.data(), options.ephemeral());
    return Configuration.resolve(flags, usualData(), launch.home());
  }

  private static Path usualData() {
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
    gatehouse.madeKey().ifPresent(Serving::print);
    System.out.flush();
  }

  /** This once; the server keeps it in its data directory. */
  private static void print(Credential key) {
    System.out.print(
        """
          access key, made now and shown this once:
            AWS_ACCESS_KEY_ID=%s
            AWS_SECRET_ACCESS_KEY=%s
        """
            .formatted(key.accessKeyId(), key.secretAccessKey()));
  }

  /** The endpoint by number: nothing to look up, whatever the machine calls itself. */
  private static URI local(Gatehouse gatehouse) {
    URI endpoint = gatehouse.endpoint();
    return endpoint.getHost().equals("localhost")
        ? URI.create("http://127.0.0.1:" + endpoint.getPort())
        : endpoint;
  }
}
