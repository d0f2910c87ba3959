package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.wire.ServiceException;

/** A route key as bytes: refused, or of one form that stays the same when it is read again. */
public final class RouteKeyFuzz {
  private RouteKeyFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    String key = new String(input, UTF_8);
    for (ProtocolType protocol : ProtocolType.values()) {
      try {
        RouteKeys.check(protocol, key);
      } catch (ServiceException refusal) {
        continue;
      }
      if (protocol == ProtocolType.HTTP && !(RouteKey.parse(key) instanceof RouteKey.Valid)) {
        throw new AssertionError(key);
      }
    }
    if (!RouteKeys.canonical(key).equals(RouteKeys.canonical(key))) {
      throw new AssertionError(key);
    }
  }
}
