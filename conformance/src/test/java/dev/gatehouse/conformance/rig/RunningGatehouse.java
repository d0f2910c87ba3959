package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** A Gatehouse process, started from the packaged distribution on a data directory. */
public final class RunningGatehouse implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final List<String> options;
  private final int port;
  private final Path log;
  private Process process;

  private RunningGatehouse(List<String> options, int port, Path log) throws IOException {
    this.options = options;
    this.port = port;
    this.log = log;
    this.process = launch();
  }

  /** Starts a server on a data directory and waits until it is ready. */
  public static RunningGatehouse start(Path data) throws Exception {
    int port = freePort();
    return start(List.of("--port", "" + port, "--data", data.toString()), port, log(data));
  }

  /** Starts a server that keeps nothing; what it prints goes to a file. */
  public static RunningGatehouse ephemeral(Path log) throws Exception {
    int port = freePort();
    return start(List.of("--port", "" + port, "--ephemeral"), port, log);
  }

  /** Starts a server with a configuration, to which the port is added. */
  public static RunningGatehouse start(Path data, String configuration) throws Exception {
    int port = freePort();
    Path file = configuration(log(data));
    write(file, port, configuration);
    List<String> options = List.of("--config", file.toString(), "--data", data.toString());
    return start(options, port, log(data));
  }

  /** Starts a server whose listener has more to it than the port. */
  public static RunningGatehouse startListening(Path data, String members) throws Exception {
    int port = freePort();
    Path file = configuration(log(data));
    Files.writeString(file, "listen: {port: " + port + ", " + members + "}\n");
    List<String> options = List.of("--config", file.toString(), "--data", data.toString());
    return start(options, port, log(data));
  }

  private static RunningGatehouse start(List<String> options, int port, Path log) throws Exception {
    RunningGatehouse gatehouse = new RunningGatehouse(options, port, log);
    gatehouse.awaitReady();
    return gatehouse;
  }

  /** Stops it and starts it again on the same data and port with another configuration. */
  public void reconfigure(String configuration) throws Exception {
    stop();
    write(configuration(log), port, configuration);
    restart();
  }

  private static Path log(Path data) {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  private static Path configuration(Path log) {
    return log.resolveSibling(log.getFileName() + ".yaml");
  }

  private static void write(Path file, int port, String configuration) throws IOException {
    Files.writeString(file, "listen: {port: " + port + "}\n" + configuration);
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
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    String flags = System.getenv("GATEHOUSE_TEST_JAVA_OPTS");
    if (flags != null) { // .ci/soak; such a server has no AOT cache, and none is made for it
      builder.environment().putAll(Map.of("GATEHOUSE_JAVA_OPTS", flags, "GATEHOUSE_AOT", "off"));
    }
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

  /** What {@code gatehouse ca show} prints, in a file of that folder. */
  public Path authority(Path folder) throws Exception {
    Program.Result shown =
        Program.run(
            folder, Map.of(), launcher().toString(), "ca", "show", "--endpoint", url().toString());
    assertThat(shown.exit()).as(shown.output()).isZero();
    return Files.writeString(folder.resolve("gatehouse-ca.pem"), shown.output());
  }

  /** Trust in the development CA alone, whose certificate is written to that folder. */
  public SSLContext trusting(Path folder) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority(folder))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The AWS CLI pointed at an endpoint of its own. */
  public AwsCli cli(URI endpoint) throws Exception {
    return new AwsCli(endpoint);
  }

  /** The AWS SDK's client for API Gateway v2. */
  public ApiGatewayV2Client apis() {
    return apis("test", "test");
  }

  /** The same with a key of its own. */
  public ApiGatewayV2Client apis(String key, String secret) {
    return client(ApiGatewayV2Client.builder(), key, secret);
  }

  /** The AWS SDK's client for the connections of a WebSocket API. */
  public ApiGatewayManagementApiClient connections(URI management) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(management)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }

  /** The AWS SDK's client for Lambda. */
  public LambdaClient lambda() {
    return client(LambdaClient.builder());
  }

  /** The same with a key of its own. */
  public LambdaClient lambda(String key, String secret) {
    return client(LambdaClient.builder(), key, secret);
  }

  /** The AWS SDK's client for S3. */
  public S3Client s3() {
    return client(S3Client.builder().forcePathStyle(true));
  }

  /** A client of the AWS SDK with credentials of its own. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentials who) {
    return builder
        .endpointOverride(url())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .httpClientBuilder(ApacheHttpClient.builder())
        .build();
  }

  /** The AWS SDK's client for IAM. */
  public IamClient iam() {
    return client(IamClient.builder(), AwsBasicCredentials.create("test", "test"));
  }

  /** The AWS SDK's client for STS. */
  public StsClient sts() {
    return client(StsClient.builder(), AwsBasicCredentials.create("test", "test"));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, "test", "test");
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String key, String secret) {
    return client(builder, AwsBasicCredentials.create(key, secret));
  }

  /** Ends the process as Ctrl-C does and returns its exit code. */
  public int stop() throws InterruptedException {
    Leaks.check(this);
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Waits for the end of a process that was told to stop, and returns its exit code. */
  public int awaitEnd() throws InterruptedException {
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
