package dev.gatehouse.identity;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps web pages away from control calls. A control call can create functions, that is, run code,
 * and any page that a developer opens can send requests to the loopback address: by a form, by a
 * fetch without CORS, or under a name of its own that it makes resolve to 127.0.0.1. None of these
 * can do without {@code Origin}, {@code Sec-Fetch-Site} or a foreign {@code Host}, and none can set
 * {@code Authorization}.
 */
public final class WebPageGuard {
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");

  private final Set<String> hosts;

  /** What the guard says. */
  public sealed interface Admission {}

  /** No web page can have sent this. */
  public record Admitted() implements Admission {}

  /**
   * A web page may have sent this; answer 403.
   *
   * @param reason a sentence for the client
   */
  public record Refused(String reason) implements Admission {}

  /** A web page may have sent this, since there is no signature; answer as AWS does. */
  public record Unsigned() implements Admission {}

  /**
   * @param hosts the host names, without ports, that this server is reached by besides loopback
   */
  public WebPageGuard(Set<String> hosts) {
    this.hosts =
        hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Looks at a control call; does not read its body. */
  public Admission check(HttpCall call) {
    Headers headers = call.headers();
    if (headers.first("Origin").isPresent()) {
      return new Refused("Control calls are not taken from web pages (Origin).");
    }
    if (!headers.all("Sec-Fetch-Site").stream()
        .allMatch(site -> OWN_SITE.contains(site.strip().toLowerCase(Locale.ROOT)))) {
      return new Refused("Control calls are not taken from web pages (Sec-Fetch-Site).");
    }
    List<String> host = headers.all("Host");
    if (!call.target().startsWith("/") || host.size() != 1 || !isOurs(host.getFirst())) {
      return new Refused("Control calls need a Host that is loopback or configured.");
    }
    if (headers.first("Authorization").isEmpty() && !presigned(call.rawQuery())) {
      return new Unsigned();
    }
    return new Admitted();
  }

  private boolean isOurs(String header) {
    return HostName.parse(header)
        .filter(host -> host.isLoopback() || hosts.contains(host.name()))
        .isPresent();
  }

  private static boolean presigned(String query) {
    return List.of(query.split("&")).stream().anyMatch(part -> part.startsWith("X-Amz-Signature="));
  }
}
