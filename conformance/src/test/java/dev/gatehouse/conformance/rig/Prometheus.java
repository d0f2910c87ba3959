package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Debian's Prometheus, which reads the metrics of a server several times a second. */
public final class Prometheus implements AutoCloseable {
  private final Program program;
  private final Http http;
  private final RunningGatehouse gatehouse;
  private final Path directory;

  private Prometheus(Program program, int port, RunningGatehouse gatehouse, Path directory) {
    this.program = program;
    this.http = new Http(port);
    this.gatehouse = gatehouse;
    this.directory = directory;
  }

  /** Starts it in a folder, and waits until it answers. */
  public static Prometheus start(RunningGatehouse gatehouse, Path directory) throws Exception {
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        scrape_configs:
          - job_name: gatehouse
            scrape_interval: 300ms
            scrape_timeout: 300ms
            metrics_path: /_gatehouse/metrics
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(gatehouse.port()));
    int port = freePort();
    Program program =
        Program.start(
            directory,
            Map.of(),
            "prometheus",
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:" + port);
    Prometheus prometheus = new Prometheus(program, port, gatehouse, directory);
    Eventually.eventually("Prometheus is ready", Duration.ofSeconds(30), prometheus::ready);
    return prometheus;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private Optional<Boolean> ready() throws IOException {
    if (!program.process().isAlive()) {
      throw new AssertionError("apt-get install prometheus; it ended:\n" + program.output());
    }
    try {
      return http.get("/-/ready").status() == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException | RuntimeException notYet) {
      return Optional.empty();
    }
  }

  /** Whether there is a number for an expression, in each of its series. */
  public boolean answers(String expression) {
    JsonNode answer =
        ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    JsonNode results = answer.at("/data/result");
    boolean known = !results.isEmpty();
    for (JsonNode result : results) {
      known &= !result.at("/value/1").asString().equals("NaN");
    }
    return known;
  }

  /** The values of a label of requests. */
  public JsonNode values(String label) {
    return ask("/api/v1/label/" + label + "/values?match[]=gatehouse_requests_total").path("data");
  }

  private JsonNode ask(String target) {
    try {
      Reply reply = http.get(target);
      assertThat(reply.status()).as("%s: %s", target, reply).isEqualTo(200);
      return reply.json();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** What Prometheus's own check says of the metrics. */
  public List<String> complaints() throws Exception {
    Path metrics = directory.resolve("metrics");
    Files.writeString(metrics, gatehouse.http().get("/_gatehouse/metrics").text());
    Program.Result checked =
        Program.run(directory, Map.of(), "sh", "-c", "promtool check metrics < metrics 2>&1");
    return checked.output().lines().toList();
  }

  @Override
  public void close() throws IOException {
    program.close();
  }
}
