package dev.gatehouse.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Automatic deployments that nobody has been shown yet, the newest of each API. Writes that follow
 * quickly are folded into one: AWS makes one deployment for each batch of changes, some time after
 * them (control-plane.md section 8 [C, U]). Here it is made with the first change, and takes in
 * those that follow until a call has shown it, or for a second at most; nobody can tell the two
 * apart. Kept in memory only: after a restart the next change makes a deployment of its own.
 */
final class UnseenDeployments {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private record Made(String deploymentId, Instant at) {}

  private final Map<String, Made> byApi = new ConcurrentHashMap<>();

  /** A deployment has been made. */
  void made(String apiId, String deploymentId, Instant now) {
    byApi.values().removeIf(old -> isOver(old, now));
    byApi.put(apiId, new Made(deploymentId, now));
  }

  /** The deployment that may still take in a change. */
  Optional<String> find(String apiId, Instant now) {
    return Optional.ofNullable(byApi.get(apiId))
        .filter(made -> !isOver(made, now))
        .map(Made::deploymentId);
  }

  private static boolean isOver(Made made, Instant now) {
    return !now.isBefore(made.at().plus(LONGEST));
  }

  /** Somebody is being shown the API's stages or deployments. */
  void shown(String apiId) {
    byApi.remove(apiId);
  }
}
