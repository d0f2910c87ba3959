package dev.gatehouse.server;

import dev.gatehouse.control.ControlApi;
import dev.gatehouse.control.ControlSettings;
import dev.gatehouse.control.EndpointTemplate;
import dev.gatehouse.control.RandomIds;
import dev.gatehouse.control.Releases;
import dev.gatehouse.control.RolloutApi;
import dev.gatehouse.control.Vacuum;
import dev.gatehouse.control.usage.UsageCounts;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.iam.IamApi;
import dev.gatehouse.iam.StsApi;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.lambda.LambdaApi;
import dev.gatehouse.lambda.LambdaSetup;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.logs.cloudwatch.LogsApi;
import dev.gatehouse.objects.ObjectStore;
import dev.gatehouse.objects.S3Proxy;
import dev.gatehouse.server.config.LogSettings;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.WrongConfiguration;
import dev.gatehouse.server.keys.KeyRing;
import dev.gatehouse.server.tls.DevelopmentCa;
import dev.gatehouse.server.tls.TrustFiles;
import dev.gatehouse.server.watch.Metrics;
import dev.gatehouse.server.watch.Status;
import dev.gatehouse.server.watch.Watched;
import dev.gatehouse.store.SqliteStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A running server. This is the one place where everything is put together, with {@link
 * FunctionParts} and {@link GatewayParts}: every part gets what it needs through its constructor.
 */
public final class Gatehouse implements AutoCloseable {
  private final Path data;
  private final URI endpoint;
  private final Optional<Credential> madeKey;
  private final Closing closing;

  private Gatehouse(Path data, URI endpoint, Optional<Credential> madeKey, Closing closing) {
    this.data = data;
    this.endpoint = endpoint;
    this.madeKey = madeKey;
    this.closing = closing;
  }

  /**
   * Starts a server; when this returns, everything that is stored is served.
   *
   * @throws IOException when the port is taken or the data directory cannot be used; says which
   */
  public static Gatehouse start(Configuration configuration) throws IOException {
    Settings settings = configuration.settings();
    InetAddress address = settings.listen().address();
    if (!address.isLoopbackAddress() && settings.access().mode() != Authenticator.Mode.VERIFY) {
      throw new WrongConfiguration(
          "with auth: open everyone who reaches the listener may make control calls, so it listens on"
              + " a loopback address only, not on "
              + address.getHostAddress()
              + "; set auth: verify");
    }
    Closing closing = new Closing();
    try {
      return new Composition(configuration, closing).start();
    } catch (IOException | RuntimeException failed) {
      closing.close();
      throw failed;
    }
  }

  /** Where clients reach the server. */
  public URI endpoint() {
    return endpoint;
  }

  /** Where everything is kept. */
  public Path data() {
    return data;
  }

  /** The access key that was made at this start, for whoever started it; nobody else is told. */
  public Optional<Credential> madeKey() {
    return madeKey;
  }

  /** Takes no more, lets what is under way end, and stops. Blocks. */
  @Override
  public void close() {
    closing.close();
  }

  /** The parts, each started once, in the order of their needs. */
  private static final class Composition {
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Configuration configuration;
    private final Settings settings;
    private final Closing closing;

    Composition(Configuration configuration, Closing closing) {
      this.configuration = configuration;
      this.settings = configuration.settings();
      this.closing = closing;
    }

    Gatehouse start() throws IOException {
      DataDirectory data =
          closing.started(new DataDirectory(configuration.data(), configuration.ephemeral()));
      Store store = closing.started(SqliteStore.open(data.path()));
      LogStore logs = closing.started(logs(data));
      logs.start();
      ControlAccess access = ControlAccess.open(settings.access(), data.path(), random);
      Identities identities = Identities.open(access, store, data.path(), clock, random);
      CompletableFuture<URI> known = new CompletableFuture<>();
      ObjectStore objects = closing.started(objects(data, identities, access.domains()));
      DevelopmentCa authority =
          new DevelopmentCa(data.path().resolve("ca"), names(access.domains()), clock);
      LambdaSetup lambda =
          new FunctionParts(configuration, closing, clock, random)
              .setup(
                  data,
                  store,
                  identities.sessions(),
                  known::join,
                  objects,
                  logs,
                  new TrustFiles(authority, Path.of(System.getProperty("java.home"))));
      Functions functions = closing.started(new Functions(lambda));
      LateService services = new LateService();
      Watchmen watchmen = new Watchmen(settings.monitoring(), closing, clock);
      UsageCounts usage = closing.started(UsageCounts.open(data.path().resolve("usage")));
      KeyRing keys = new KeyRing(usage, clock, System::nanoTime);
      Gateway gateway =
          closing.started(
              new GatewayParts(settings, closing, clock)
                  .start(
                      functions, watchmen.accessLogs(logs), keys, authority, identities, services));
      watchmen.push(gateway);
      URI endpoint = endpoint(gateway.address().getPort());
      known.complete(endpoint);
      Publisher publisher =
          closing.started(new Publisher(store, new Releases(store), gateway, keys));
      publisher.start();
      gateway.open();
      closing.started(new Upkeep(new Vacuum(store), Upkeep.INTERVAL)).start();
      ControlSettings controls = control(endpoint);
      ControlApi control = new ControlApi(store, controls, clock, new RandomIds(), usage);
      RolloutApi rollouts =
          control.rollouts((apiId, most, after) ->
              Json.mapper().valueToTree(gateway.connected(apiId, most, after)));
      Reset reset = new Reset(access.open(), store, functions, objects);
      Watched watched = new Watched(gateway, logs, Version.text(), clock.instant());
      Metrics metrics = new Metrics(watched);
      services.set(
          new Switchboard(
              access.guard(endpoint),
              identities.authenticator(),
              new Admin(Version.text(), authority, functions.codeLinks()),
              new Watching(metrics, settings.monitoring().metrics().open()),
              new OwnCalls(
                  identities.access(),
                  new PublishedControl(rollouts, store, publisher),
                  new PublishedControl(reset, store, publisher),
                  new ConfigurationInForce(
                      settings.withPort(endpoint.getPort()), lambda.runtimes(), data.path()),
                  new Traffic(gateway),
                  new TargetsInForce(gateway::targets),
                  new Status(watched, clock),
                  metrics),
              objects,
              Map.of(
                  "apigateway",
                  rated(
                      new CheckedControl(
                          identities.access(), new PublishedControl(control, store, publisher))),
                  "iam",
                  new IamApi(store, clock, random, identities.secrets(), identities.access()),
                  "sts",
                  new StsApi(
                      identities.directory(),
                      identities.permissions(),
                      identities.sessions(),
                      clock,
                      access.open()),
                  "logs",
                  new CheckedLogs(identities.access(), new LogsApi(logs, clock)),
                  "lambda",
                  new LambdaApi(lambda, functions, identities.access()))));
      functions.resumeEvents();
      return new Gatehouse(data.path(), endpoint, access.madeKey(), closing);
    }

    private CallerService rated(CallerService control) {
      Limit limit = GatewayParts.limit(settings.rates().control());
      return limit == null ? control : new ControlRate(control, limit, System::nanoTime);
    }

    /** By name where the listener is where that name leads, else by address. */
    private URI endpoint(int port) {
      InetAddress address = settings.listen().address();
      boolean local = address.isAnyLocalAddress() || address.getHostAddress().equals("127.0.0.1");
      String literal = address.getHostAddress();
      String host = address instanceof Inet6Address ? "[" + literal + "]" : literal;
      return URI.create("http://" + (local ? "localhost" : host) + ":" + port);
    }

    private ObjectStore objects(DataDirectory data, Identities identities, Set<String> domains) {
      Supplier<S3Proxy> here =
          () ->
              new S3Proxy(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  configuration.distribution().resolve("lib/objects"),
                  data.path().resolve("objects"),
                  random);
      return new ObjectStore(
          identities.authenticator(),
          identities.access(),
          ObjectPlaces.of(settings.objects(), data.path(), here, System.getenv()),
          domains,
          random,
          data.path().resolve("objects-cors"),
          data.path().resolve("objects-tags"));
    }

    private LogStore logs(DataDirectory data) {
      LogSettings told = settings.monitoring().logs();
      LogStore.Bounds usual = LogStore.Bounds.DEFAULT;
      LogStore.Bounds bounds =
          new LogStore.Bounds(told.queue(), told.fileSize(), usual.open(), usual.streams());
      return new LogStore(data.path().resolve("logs"), bounds, clock, System::nanoTime);
    }

    /** What the listener is called by clients that ask for no name in TLS. */
    private Set<String> names(Set<String> domains) {
      Set<String> names = new HashSet<>(domains);
      names.addAll(List.of("localhost", "127.0.0.1", "::1"));
      InetAddress address = settings.listen().address();
      if (!address.isAnyLocalAddress()) {
        names.add(address.getHostAddress());
      }
      return names;
    }

    private ControlSettings control(URI endpoint) {
      String authority = endpoint.getAuthority();
      ControlSettings usual =
          ControlSettings.of(
              new EndpointTemplate(
                  endpoint + "/_gatehouse/apis/{apiId}",
                  "wss://" + authority + "/_gatehouse/apis/{apiId}"));
      return new ControlSettings(
          usual.endpoints(),
          settings.quotas(),
          usual.pageSize(),
          usual.maxBodyBytes(),
          settings.issuers(),
          settings.extensions());
    }
  }
}
