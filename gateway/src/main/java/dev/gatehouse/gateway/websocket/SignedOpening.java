package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.websocket.ConnectSteps.Step;
import dev.gatehouse.gateway.websocket.SignedAccess.Admitted;
import dev.gatehouse.gateway.websocket.SignedAccess.Finding;
import dev.gatehouse.gateway.websocket.SignedAccess.Refused;
import dev.gatehouse.wire.http.HttpCall;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A {@code $connect} that had to be signed: who signed it, whether they may, and how each of both
 * went.
 */
record SignedOpening(Finding finding, ConnectSteps steps) {
  private static final int REFUSED = 403;

  static SignedOpening check(
      SignedAccess access, HttpCall head, LiveSocketStage stage, LongSupplier nanos) {
    long began = nanos.getAsLong();
    Finding signer = access.signer(head, stage, new byte[0]);
    long signed = nanos.getAsLong();
    return switch (signer) {
      case Refused refused ->
          new SignedOpening(
              refused, new ConnectSteps(step(refused, signed - began), null, null, null));
      case Admitted known -> {
        Finding found =
            access.permit(known.caller(), head, stage, "Invoke", RouteSelection.CONNECT);
        Step authorized = step(found, nanos.getAsLong() - signed);
        yield new SignedOpening(
            found, new ConnectSteps(step(known, signed - began), null, null, authorized));
      }
    };
  }

  private static Step step(Finding finding, long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return switch (finding) {
      case Admitted _ -> Step.good(millis);
      case Refused(String code, String message) -> new Step(REFUSED, millis, message);
    };
  }
}
