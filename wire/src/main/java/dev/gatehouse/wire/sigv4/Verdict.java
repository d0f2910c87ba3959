package dev.gatehouse.wire.sigv4;

import java.time.Instant;

/** What checking a signature came to. */
public sealed interface Verdict {

  /** The signature is good for this request at this time. */
  record Valid() implements Verdict {}

  /** The signature is not the one that this request has under that secret. */
  record Mismatch() implements Verdict {}

  /** A presigned URL whose time is over. */
  record Expired(Instant end) implements Verdict {}

  /** A presigned URL from the future, beyond what clocks may differ. */
  record NotYetValid(Instant from) implements Verdict {}

  /** A signed request that is too old or from the future, beyond what clocks may differ. */
  record Skewed(Instant at) implements Verdict {}
}
