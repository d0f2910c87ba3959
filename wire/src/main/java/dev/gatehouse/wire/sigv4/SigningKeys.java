package dev.gatehouse.wire.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that signatures are made with, derived from a secret by four rounds of HMAC and kept for
 * the next call. Holds twice the {@code bound} at the most, so that no stream of odd scopes can
 * fill the memory: when the younger half is full it becomes the older, and what the older held and
 * nobody asked for meanwhile is gone. Lock-free for keys that are known; event loops ask here.
 */
public final class SigningKeys {
  private record Origin(String secret, SigningScope scope) {
    @Override
    public String toString() {
      return "Origin[" + scope + "]";
    }
  }

  private record Kept(Map<Origin, byte[]> younger, Map<Origin, byte[]> older) {}

  private final int bound;
  private volatile Kept kept = new Kept(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  public SigningKeys(int bound) {
    this.bound = bound;
  }

  byte[] key(String secret, SigningScope scope) {
    Origin origin = new Origin(secret, scope);
    Kept now = kept;
    byte[] known = now.younger().get(origin);
    if (known != null) {
      return known;
    }
    known = now.older().get(origin);
    byte[] key = known == null ? derived(secret, scope) : known;
    if (now.younger().size() >= bound) {
      now = new Kept(new ConcurrentHashMap<>(), now.younger());
      kept = now; // of two threads that do this at once, one forgets what can be derived again
    }
    now.younger().put(origin, key);
    return key;
  }

  private static byte[] derived(String secret, SigningScope scope) {
    byte[] first = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    byte[] region = Sha256.hmac(Sha256.hmac(first, scope.date()), scope.region());
    return Sha256.hmac(Sha256.hmac(region, scope.service()), "aws4_request");
  }

  int size() {
    Kept now = kept;
    return now.younger().size() + now.older().size();
  }
}
