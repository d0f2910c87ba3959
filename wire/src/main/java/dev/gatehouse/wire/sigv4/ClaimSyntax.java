package dev.gatehouse.wire.sigv4;

/** Leaves the readers at the first thing that is wrong; never leaves this package. */
final class ClaimSyntax extends RuntimeException {
  private final String reason;

  ClaimSyntax(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
