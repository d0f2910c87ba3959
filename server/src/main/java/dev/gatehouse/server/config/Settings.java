package dev.gatehouse.server.config;

import dev.gatehouse.control.Limits;
import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.websocket.WebSocketOptions;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.model.Extensions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file can say, a component a section.
 *
 * @param data where everything is kept; null where the file does not say
 * @param drain how long requests under way may take when the server stops
 * @param heldBodies bytes of request bodies for functions that are held at a time
 * @param quotas the most there may be of each resource
 * @param issuers from an issuer of tokens to the URL where its documents are found instead
 * @param runtimes JDK homes by Lambda's runtime name
 * @param objects where objects are kept
 * @param extensions what goes beyond AWS and may be used
 * @param backends how backends are connected to
 * @param targets where names of private integrations, and hosts, lead
 * @param webSockets the limits of WebSocket connections
 * @param monitoring how the server tells what it does
 * @param rates of whole accounts
 */
public record Settings(
    Listen listen,
    @Nullable Path data,
    Duration drain,
    long heldBodies,
    Access access,
    Limits quotas,
    Map<String, String> issuers,
    Map<String, Path> runtimes,
    FunctionSettings functions,
    ObjectSettings objects,
    Extensions extensions,
    BackendSettings backends,
    Map<String, TargetDefinition> targets,
    WebSocketOptions webSockets,
    Monitoring monitoring,
    RateSettings rates) {
  /** Where local AWS tooling looks. */
  public static final int DEFAULT_PORT = 4566;

  public Settings {
    issuers = Map.copyOf(issuers);
    runtimes = Map.copyOf(runtimes);
    targets = Map.copyOf(targets);
  }

  /** What holds where nothing is said. */
  public static Settings defaults() {
    PoolLimits pools = PoolLimits.defaults();
    return new Settings(
        new Listen(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT, true),
        null,
        Duration.ofSeconds(10),
        512L << 20,
        new Access(Authenticator.Mode.OPEN, Set.of(), List.of(), Map.of()),
        Limits.AWS,
        Map.of(),
        Map.of(),
        new FunctionSettings(
            pools.processes(),
            pools.total(),
            pools.idle(),
            Duration.ofMinutes(1),
            List.of(),
            58_000,
            null,
            List.of()),
        ObjectSettings.USUAL,
        Extensions.NONE,
        BackendSettings.defaults(),
        Map.of(),
        WebSocketOptions.USUAL,
        Monitoring.USUAL,
        RateSettings.OFF);
  }

  /**
   * What a file says, and what holds where it says nothing.
   *
   * @throws WrongConfiguration where it cannot be read, or does not say what it must
   */
  public static Settings read(Path file) {
    return SettingsFile.read(file, new HashSet<>());
  }

  /** The same with these runtimes. */
  public Settings withRuntimes(Map<String, Path> homes) {
    return new Settings(
        listen,
        data,
        drain,
        heldBodies,
        access,
        quotas,
        issuers,
        homes,
        functions,
        objects,
        extensions,
        backends,
        targets,
        webSockets,
        monitoring,
        rates);
  }

  /** The same on another port. */
  public Settings withPort(int port) {
    return new Settings(
        new Listen(listen.address(), port, listen.tls()),
        data,
        drain,
        heldBodies,
        access,
        quotas,
        issuers,
        runtimes,
        functions,
        objects,
        extensions,
        backends,
        targets,
        webSockets,
        monitoring,
        rates);
  }
}
