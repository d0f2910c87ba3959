package dev.gatehouse.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.lambda.code.CodeLimits;
import dev.gatehouse.lambda.process.CpuShares;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.lambda.process.ProcessWatch;
import dev.gatehouse.lambda.process.Supervisor;
import dev.gatehouse.lambda.process.Users;
import dev.gatehouse.lambda.runtime.AotCache;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import dev.gatehouse.lambda.runtime.Installed;
import dev.gatehouse.lambda.runtime.JavaRuntime;
import dev.gatehouse.lambda.runtime.RuntimeSearch;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.model.Scope;
import dev.gatehouse.runtime.java.Bootstrap;
import dev.gatehouse.store.SqliteStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The real thing on a free port: store, functions, API, and the AWS SDK's client for it. */
final class LambdaServer implements AutoCloseable {
  static final Scope SCOPE = new Scope("123456789012", "us-east-1");
  static final String ROLE = "arn:aws:iam::123456789012:role/service/runner";

  private static final RandomGenerator RANDOM = new Random(1);

  private final Path data;
  private final Store store;
  private final HttpServer http;
  private final Functions functions;
  private final Runtimes runtimes;
  private final LogStore logs;
  private final LambdaClient client;

  private LambdaServer(Path data, PoolLimits limits, Users users, CpuShares cpu)
      throws IOException {
    this.data = data;
    store = SqliteStore.open(data);
    logs =
        new LogStore(
            data.resolve("logs"), LogStore.Bounds.DEFAULT, Clock.systemUTC(), System::nanoTime);
    logs.start();
    LambdaSetup setup = setup(store, data, logs, limits, users, cpu);
    runtimes = setup.runtimes();
    functions = new Functions(setup);
    LambdaApi api = new LambdaApi(setup, functions, new AccessCheck.Open());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", exchange -> answer(api, exchange));
    http.start();
    functions.resumeEvents();
    client =
        LambdaClient.builder()
            .endpointOverride(endpoint())
            .region(Region.of(SCOPE.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(
                o -> o.retryStrategy(RetryMode.STANDARD).retryStrategy(s -> s.maxAttempts(1)))
            .build();
  }

  /** With functions that run as whoever runs the test, and so can leave notes for it. */
  static LambdaServer start(Path data) throws IOException {
    return start(data, PoolLimits.defaults());
  }

  static LambdaServer start(Path data, PoolLimits limits) throws IOException {
    return new LambdaServer(data, limits, Users.none(), CpuShares.free());
  }

  /** With functions that run as others where the test runs as root, as they do outside of tests. */
  static LambdaServer contained(Path data) throws IOException {
    return contained(data, CpuShares.free());
  }

  /** The same, held to shares of the CPU. */
  static LambdaServer contained(Path data, CpuShares cpu) throws IOException {
    return new LambdaServer(data, PoolLimits.defaults(), Supervisor.users(58_000, 100), cpu);
  }

  private static LambdaSetup setup(
      Store store, Path data, LogStore logs, PoolLimits limits, Users users, CpuShares cpu) {
    return new LambdaSetup(
        store,
        data,
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString(),
        RANDOM::nextDouble,
        new Runtimes(() -> runtimes(java25())),
        (account, principal, lifetime) ->
            new Credential("ASIATEST", "a-secret", "a-token", account, principal),
        () -> URI.create("http://127.0.0.1:4567"),
        (scope, bucket, key, max) -> Optional.empty(),
        Supervisor.find(users, cpu, new ProcessWatch()),
        logs,
        limits,
        CodeLimits.defaults(),
        List.of(data.resolve("live")),
        Duration.ofMillis(50),
        () -> null);
  }

  /** The names of a language's runtimes that this machine has. */
  List<String> available(String language) {
    return runtimes.available().keySet().stream()
        .filter(name -> name.startsWith(language))
        .sorted()
        .toList();
  }

  /** The name of a runtime of a language that this machine has. */
  String installed(String language) {
    return available(language).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("install " + language));
  }

  /** Those of this machine, with a JDK that is there in every build. */
  private static Map<String, FunctionRuntime> runtimes(JavaRuntime java25) {
    Path bootstraps = Path.of("../runtimes").toAbsolutePath().normalize();
    RuntimeSearch search =
        new RuntimeSearch(Map.of(), bootstrap(), bootstraps, Path.of("none"), Installed.here());
    Map<String, FunctionRuntime> found = new HashMap<>(search.get());
    found.put("java25", java25);
    return found;
  }

  static JavaRuntime java25() {
    return new JavaRuntime(
        Path.of(System.getProperty("java.home")),
        bootstrap(),
        new AotCache(Path.of("none.aot"), 24));
  }

  /** The bootstrap as the build has just made it: its jar, or its classes. */
  static List<Path> bootstrap() {
    return List.of(jar(Bootstrap.class), jar(LambdaLogger.class), jar(PojoSerializer.class));
  }

  /** Where a class comes from. */
  static Path jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  LambdaClient client() {
    return client;
  }

  Functions functions() {
    return functions;
  }

  /** What a function has printed, once it was written. */
  String log(String function) {
    Path group = data.resolve("logs/groups/" + SCOPE.account() + "/" + SCOPE.region());
    try (Stream<Path> files = Files.walk(group)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(it -> it.toString().endsWith(".log")).sorted().toList()) {
        if (file.toString().contains(function)) {
          text.append(Files.readString(file));
        }
      }
      return text.toString();
    } catch (IOException e) {
      return ""; // nothing yet
    }
  }

  Store store() {
    return store;
  }

  void create(String name, byte[] zip) {
    create(name, zip, request -> {});
  }

  void create(String name, byte[] zip, Consumer<CreateFunctionRequest.Builder> more) {
    client.createFunction(request -> {
      request
          .functionName(name)
          .role(ROLE)
          .runtime("java25")
          .handler("example.Handler")
          .timeout(10)
          .memorySize(256)
          .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)));
      more.accept(request);
    });
  }

  InvokeResponse invoke(String name, String payload) {
    return invoke(name, payload, request -> {});
  }

  InvokeResponse invoke(String name, String payload, Consumer<InvokeRequest.Builder> more) {
    return client.invoke(request -> {
      request.functionName(name).payload(SdkBytes.fromUtf8String(payload));
      more.accept(request);
    });
  }

  private static void answer(LambdaApi api, HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Headers.Header> lines =
          exchange.getRequestHeaders().entrySet().stream()
              .flatMap(e -> e.getValue().stream().map(v -> new Headers.Header(e.getKey(), v)))
              .toList();
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      HttpCall call =
          new HttpCall(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new Headers(lines),
              exchange.getRequestBody(),
              length == null ? -1 : Long.parseLong(length),
              exchange.getRemoteAddress(),
              false);
      Caller caller = new Caller(SCOPE, "lambda", "test", "arn:aws:iam::123456789012:root");
      HttpReply reply = api.handle(caller, call);
      reply.headers().lines().forEach(h -> exchange.getResponseHeaders().add(h.name(), h.value()));
      switch (reply.content()) {
        case HttpReply.Bytes(byte[] bytes) -> {
          exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        }
        case HttpReply.Stream(InputStream stream, long _) -> {
          exchange.sendResponseHeaders(reply.status(), 0);
          try (stream) {
            stream.transferTo(exchange.getResponseBody());
          }
        }
      }
    }
  }

  @Override
  public void close() {
    client.close();
    http.stop(0);
    functions.close();
    try {
      logs.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  /** Long enough for a slow machine; never waited for when all is well. */
  static final Duration PATIENCE = Duration.ofSeconds(20);
}
