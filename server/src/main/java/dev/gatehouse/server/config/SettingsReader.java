package dev.gatehouse.server.config;

import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.lambda.runtime.Language;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What each key is, what it must be, and what holds without it.
 *
 * @param directory which relative paths start from: where the file is
 */
record SettingsReader(Path directory) {
  private static final Settings USUAL = Settings.defaults();
  private static final Duration LONG = Duration.ofHours(24);

  /** Below this, a request of the size that AWS takes would not fit. */
  private static final long LEAST_HELD = 16L << 20;

  private static final int MOST_PROCESSES = 1_000;

  Settings read(Section file) {
    RateSettings rates = RateSettings.read(file);
    return new Settings(
        file.section("listen", SettingsReader::listen),
        file.get("data", path("a path")).orElse(null),
        file.get("drain", Kind.duration(Duration.ZERO, LONG), USUAL.drain()),
        file.get("held-bodies", Kind.size(LEAST_HELD), USUAL.heldBodies()),
        access(file),
        file.section("quotas", Quotas::read),
        file.map("issuers", url("an issuer's URL"), url("a URL")),
        file.map("runtimes", runtime(), path("the path of a JDK's home or of an executable")),
        file.section("functions", this::functions),
        file.section("objects", ObjectSettings::read),
        file.section("extensions", ExtensionSettings::read),
        file.section("backends", section -> BackendSettings.read(section, path("a path"))),
        file.sections("targets", TargetSettings.name(), TargetSettings::read),
        file.section("websocket", section -> WebSocketSettings.read(section, rates.asAws())),
        Monitoring.read(file, url("a URL")),
        rates);
  }

  private static Listen listen(Section section) {
    Listen usual = USUAL.listen();
    return new Listen(
        section.get("address", address(), usual.address()),
        section.get("port", Kind.number(0, 65_535), usual.port()),
        section.get("tls", Kind.flag(), usual.tls()));
  }

  /** A key, and what its user holds; nobody holds anything but users. */
  private record Key(Credential credential, List<String> policies) {}

  private Access access(Section file) {
    Map<String, Authenticator.Mode> modes =
        Map.of("open", Authenticator.Mode.OPEN, "verify", Authenticator.Mode.VERIFY);
    List<Key> keys = file.sections("keys", this::key);
    Set<String> ids = new HashSet<>();
    Map<String, List<String>> policies = new HashMap<>();
    for (Key key : keys) {
      Credential credential = key.credential();
      if (!ids.add(credential.accessKeyId())) {
        throw file.wrong(
            "keys", "each id once, but " + credential.accessKeyId() + " is there twice");
      }
      if (!credential.identity().isRoot()) {
        policies
            .computeIfAbsent(credential.principalArn(), arn -> new ArrayList<>())
            .addAll(key.policies());
      }
    }
    return new Access(
        file.get("auth", Kind.oneOf(modes), USUAL.access().mode()),
        Set.copyOf(file.list("hosts", host())),
        keys.stream().map(Key::credential).toList(),
        policies);
  }

  private Key key(Section section) {
    Kind<String> id =
        Kind.text("text of letters, digits, - and _ (in quotes where it is all digits)")
            .only(text -> text.matches("[A-Za-z0-9_-]{1,128}"));
    Kind<String> account = Kind.text("12 digits in quotes").only(text -> text.matches("[0-9]{12}"));
    String of = section.get("account", account, AccessKeys.DEFAULT_ACCOUNT);
    Kind<String> name =
        Kind.text("a user's name of letters, digits and +=,.@_-")
            .only(text -> text.matches("[\\w+=,.@-]{1,64}"));
    Optional<String> user = section.get("user", name);
    List<String> policies = section.list("policies", policy());
    if (user.isEmpty() && !policies.isEmpty()) {
      throw section.wrong("policies", "a user beside them: an account's root needs none");
    }
    String arn = user.map(of(of)).orElse("arn:aws:iam::" + of + ":root");
    return new Key(
        new Credential(
            section.need("id", id),
            section.need("secret", Kind.text("text (in quotes where it is all digits)")),
            null,
            of,
            arn),
        policies);
  }

  private static UnaryOperator<String> of(String account) {
    return name -> "arn:aws:iam::" + account + ":user/" + name;
  }

  /** The ARN of a managed policy, or what is in the file that is named. */
  private Kind<String> policy() {
    return Kind.text("a policy's ARN, or the path of a JSON file with a policy")
        .to(text -> text.startsWith("arn:") ? Optional.of(text) : document(text));
  }

  private Optional<String> document(String path) {
    try {
      String text = Files.readString(directory.resolve(path));
      return Policy.parseHeld(text).isComplete() ? Optional.of(text) : Optional.empty();
    } catch (IOException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private FunctionSettings functions(Section section) {
    FunctionSettings usual = USUAL.functions();
    return new FunctionSettings(
        section.get("processes", Kind.number(1, MOST_PROCESSES), usual.processes()),
        section.get("total-processes", Kind.number(1, MOST_PROCESSES), usual.totalProcesses()),
        section.get("idle", Kind.duration(Duration.ofSeconds(1), LONG), usual.idle()),
        section.get("retry-after", Kind.duration(Duration.ofMillis(1), LONG), usual.retryAfter()),
        section.list("directories", path("a path")),
        section.get("first-user", Kind.number(1_000, 2_000_000_000), usual.firstUser()),
        section.get("cpu-group", path("a path")).orElse(null),
        section.sections("endpoints", SettingsReader::functionEndpoint));
  }

  private static FunctionEndpoint functionEndpoint(Section section) {
    Kind<String> functions =
        Kind.text("the ARN of a function, or the beginning of some with * after it")
            .only(text -> text.matches("arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:\\S+"));
    Kind<String> id = Kind.text("the id of an access key");
    Kind<String> secret = Kind.text("text (in quotes where it is all digits)");
    return new FunctionEndpoint(
        section.need("functions", functions),
        section.need("url", url("a URL")),
        section.get("id", id).orElse(null),
        section.get("secret", secret).orElse(null));
  }

  private static Kind<InetAddress> address() {
    return Kind.text("an IP address, such as 127.0.0.1 or 0.0.0.0")
        .to(text -> {
          try {
            return Optional.of(InetAddress.ofLiteral(text));
          } catch (IllegalArgumentException name) {
            return Optional.empty();
          }
        });
  }

  private static Kind<String> host() {
    return Kind.text("a host name without a port")
        .to(text -> Optional.of(text.toLowerCase(Locale.ROOT)))
        .only(text -> text.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"));
  }

  private static Kind<String> url(String what) {
    return Kind.text(what + " that starts with https:// or http://")
        .only(text -> {
          try {
            URI uri = new URI(text);
            return text.matches("https?://.+") && uri.getHost() != null;
          } catch (URISyntaxException e) {
            return false;
          }
        });
  }

  private static Kind<String> runtime() {
    return Kind.text("a runtime such as java25, nodejs20.x or python3.11")
        .only(text -> Language.of(text).filter(it -> it != Language.PROVIDED).isPresent());
  }

  private Kind<Path> path(String expected) {
    return Kind.text(expected)
        .to(text -> {
          try {
            return Optional.of(directory.resolve(text).normalize());
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }
}
