package dev.gatehouse.wire.sigv4;

import java.util.HexFormat;

/**
 * The chain of signatures over the chunks of a body: each covers the one before it, beginning with
 * the request's own.
 */
public final class ChunkSigner {
  private final Claim claim;
  private final byte[] key;
  private String previous;

  ChunkSigner(Claim claim, byte[] key) {
    this.claim = claim;
    this.key = key.clone();
    this.previous = claim.signature();
  }

  boolean acceptsChunk(String signature, String hash) {
    return accepts("AWS4-HMAC-SHA256-PAYLOAD", signature, Sha256.EMPTY + "\n" + hash);
  }

  boolean acceptsTrailer(String signature, String hash) {
    return accepts("AWS4-HMAC-SHA256-TRAILER", signature, hash);
  }

  private boolean accepts(String kind, String signature, String end) {
    String toSign =
        String.join(
            "\n",
            kind,
            ClaimParts.DATE_TIME.format(claim.at()),
            claim.scope().text(),
            previous,
            end);
    previous = HexFormat.of().formatHex(Sha256.hmac(key, toSign));
    return Sha256.same(previous, signature);
  }
}
