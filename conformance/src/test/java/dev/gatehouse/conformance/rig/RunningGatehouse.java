package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A Gatehouse process, started from the packaged distribution on a data directory. */
public final class RunningGatehouse implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final List<String> where;
  private final int port;
  private final Path log;
  private Process process;

  private RunningGatehouse(List<String> where, int port, Path log) throws IOException {
    this.where = where;
    this.port = port;
    this.log = log;
    this.process = launch();
  }

  /** Starts a server on a data directory and waits until it is ready. */
  public static RunningGatehouse start(Path data) throws Exception {
    Path log = data.resolveSibling(data.getFileName() + ".log");
    return start(List.of("--data", data.toString()), log);
  }

  /** Starts a server that keeps nothing; what it prints goes to a file. */
  public static RunningGatehouse ephemeral(Path log) throws Exception {
    return start(List.of("--ephemeral"), log);
  }

  private static RunningGatehouse start(List<String> where, Path log) throws Exception {
    RunningGatehouse gatehouse = new RunningGatehouse(where, freePort(), log);
    gatehouse.awaitReady();
    return gatehouse;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** The {@code gatehouse} command of the packaged distribution. */
  public static Path launcher() {
    String home = System.getProperty("gatehouse.home", "../dist/target/gatehouse");
    Path launcher = Path.of(home, "bin", "gatehouse").toAbsolutePath().normalize();
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException("No launcher at " + launcher + ": build the distribution");
    }
    return launcher;
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString(), "serve"));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(where);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitReady() throws Exception {
    Eventually.eventually("ready", START, () -> ready() ? Optional.of(true) : Optional.empty());
  }

  private boolean ready() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("Gatehouse ended at its start:\n" + log());
    }
    try {
      return http().get("/_gatehouse/health").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the process has printed. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** The port of the one listener. */
  public int port() {
    return port;
  }

  /** The URL that AWS tooling is pointed at. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Requests over plain sockets. */
  public Http http() {
    return new Http(port);
  }

  /** The control API as plain JSON, with the key {@code test}. */
  public Control control() {
    return new Control(http(), "test");
  }

  /** The AWS CLI pointed at this server. */
  public AwsCli cli() throws Exception {
    return new AwsCli(url());
  }

  /** The AWS SDK's client for API Gateway v2. */
  public ApiGatewayV2Client apis() {
    return client(ApiGatewayV2Client.builder());
  }

  /** The AWS SDK's client for Lambda. */
  public LambdaClient lambda() {
    return client(LambdaClient.builder());
  }

  /** The AWS SDK's client for S3. */
  public S3Client s3() {
    return client(S3Client.builder().forcePathStyle(true));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(url())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }

  /** Ends the process as Ctrl-C does and returns its exit code. */
  public int stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("Gatehouse did not stop within " + STOP);
    }
    return process.exitValue();
  }

  /** Ends the process as a power failure would. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Starts it again on the same data and port. */
  public void restart() throws Exception {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> below = process.descendants().toList();
    if (process.isAlive()) {
      stop();
    }
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
