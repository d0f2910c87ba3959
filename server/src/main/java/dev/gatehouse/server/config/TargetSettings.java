package dev.gatehouse.server.config;

import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.balance.TargetDefinition.HealthCheck;
import dev.gatehouse.gateway.balance.TargetDefinition.Upstream;
import dev.gatehouse.gateway.upstream.Origin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The map {@code targets}: where names lead that AWS resolves and this machine cannot. */
final class TargetSettings {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:(elasticloadbalancing:[a-z0-9-]+:\\d{12}:listener"
              + "|servicediscovery:[a-z0-9-]+:\\d{12}:service)/\\S+");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?(:\\d{1,5})?");
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/?#:\\[\\]@\\s]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 1_000;
  private static final int PORTS = 65_535;

  private TargetSettings() {}

  static Kind<String> name() {
    Predicate<String> listener = ARN.asMatchPredicate();
    return Kind.text("the ARN of a listener or of a Cloud Map service, or a host")
        .only(listener.or(HOST.asMatchPredicate()));
  }

  static TargetDefinition read(Section section) {
    List<Upstream> upstreams = section.sections("upstreams", TargetSettings::upstream);
    if (upstreams.isEmpty()) {
      throw section.wrong("upstreams", "at least one upstream with its url");
    }
    return new TargetDefinition(
        upstreams,
        section.get("server-name", Kind.text("a name").only(HOST.asMatchPredicate())).orElse(null),
        section.section("health", TargetSettings::health),
        section.section("ejection", TargetSettings::ejection),
        section.get("slow-start", Kind.duration(Duration.ZERO, HOUR), Duration.ZERO));
  }

  private static Upstream upstream(Section section) {
    Kind<Origin> url =
        Kind.text("http:// or https://, a host, and a port, without a path")
            .to(TargetSettings::origin);
    Kind<String> text = Kind.text("text (in quotes where it is all digits)");
    return new Upstream(section.need("url", url), section.map("attributes", text, text));
  }

  private static Optional<Origin> origin(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return Optional.empty();
    }
    boolean secure = url.group(1).equals("https");
    int port = url.group(3) == null ? Origin.defaultPort(secure) : Integer.parseInt(url.group(3));
    Origin origin = new Origin(url.group(2).toLowerCase(Locale.ROOT), port, secure);
    return port == 0 || port > PORTS ? Optional.empty() : Optional.of(origin);
  }

  /** Without a path nothing is checked, and then nothing else makes sense here. */
  private static @Nullable HealthCheck health(Section section) {
    HealthCheck usual = HealthCheck.of("/");
    Duration least = Duration.ofMillis(10);
    Optional<String> path =
        section.get("path", Kind.text("a path").only(text -> text.matches("/[!-~]*")));
    HealthCheck check =
        new HealthCheck(
            path.orElse("/"),
            section.get("interval", Kind.duration(least, HOUR), usual.interval()),
            section.get("timeout", Kind.duration(least, HOUR), usual.timeout()),
            section.get("healthy", Kind.number(1, MOST), usual.healthy()),
            section.get("unhealthy", Kind.number(1, MOST), usual.unhealthy()));
    if (path.isEmpty() && !check.equals(usual)) {
      throw section.wrong("path", "the path that is asked for");
    }
    return path.isEmpty() ? null : check;
  }

  private static Ejection ejection(Section section) {
    Ejection usual = Ejection.DEFAULT;
    return new Ejection(
        section.get("failures", Kind.number(1, MOST), usual.failures()),
        section.get("time", Kind.duration(Duration.ofMillis(10), HOUR), usual.time()));
  }

  /** The same under the names of the file. */
  static Map<String, Object> text(TargetDefinition target) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("upstreams", target.upstreams().stream().map(TargetSettings::text).toList());
    if (target.serverName() != null) {
      text.put("server-name", target.serverName());
    }
    if (target.health() != null) {
      text.put("health", text(target.health()));
    }
    Map<String, Object> ejection = new LinkedHashMap<>();
    ejection.put("failures", target.ejection().failures());
    ejection.put("time", Units.text(target.ejection().time()));
    text.put("ejection", ejection);
    text.put("slow-start", Units.text(target.slowStart()));
    return text;
  }

  private static Map<String, Object> text(Upstream upstream) {
    return Map.of("url", upstream.origin().toString(), "attributes", upstream.attributes());
  }

  private static Map<String, Object> text(HealthCheck check) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("path", check.path());
    text.put("interval", Units.text(check.interval()));
    text.put("timeout", Units.text(check.timeout()));
    text.put("healthy", check.healthy());
    text.put("unhealthy", check.unhealthy());
    return text;
  }
}
