package dev.gatehouse.server;

import dev.gatehouse.control.RolloutApi;
import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.server.watch.Metrics;
import dev.gatehouse.server.watch.Status;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpService;
import java.util.Optional;

/**
 * Calls under {@code /_gatehouse/} that not everyone may make: they are guarded and authenticated
 * as AWS's control calls are, and signed for the same service.
 */
record OwnCalls(
    AccessCheck access,
    CallerService rollouts,
    CallerService reset,
    CallerService configuration,
    CallerService traffic,
    CallerService targets,
    CallerService status,
    HttpService metrics) {
  private static final String SERVICE = "apigateway";

  /** Who answers that path. */
  Optional<CallerService> find(String rawPath) {
    if (rawPath.startsWith(RolloutApi.PREFIX)) {
      return Optional.of(signed(rollouts));
    }
    if (Traffic.answers(rawPath)) {
      return Optional.of(signed(traffic));
    }
    return switch (rawPath) {
      case Reset.PATH -> Optional.of(signed(reset));
      case ConfigurationInForce.PATH -> Optional.of(signed(configuration));
      case TargetsInForce.PATH -> Optional.of(signed(targets));
      case Status.PATH -> Optional.of(signed(status));
      case Metrics.PATH -> Optional.of(signed((caller, call) -> metrics.handle(call)));
      default -> Optional.empty();
    };
  }

  /** Policies call these {@code gatehouse:GET} and the like, on the path. */
  private CallerService signed(CallerService service) {
    return (caller, call) -> {
      if (!caller.service().equals(SERVICE)) {
        throw new ServiceException(
            403, "AccessDeniedException", "Sign this call for the service " + SERVICE + ".");
      }
      access.require(
          caller,
          "gatehouse:" + call.method(),
          "arn:aws:gatehouse:%s:%s:%s"
              .formatted(caller.scope().region(), caller.scope().account(), call.rawPath()));
      return service.handle(caller, call);
    };
  }
}
