package dev.gatehouse.wire.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys that signatures are made with, derived from a secret by four rounds of HMAC and kept for
 * the next call. Holds the {@code bound} last used ones, so that no stream of odd scopes can fill
 * the memory. Safe for use by many threads.
 */
public final class SigningKeys {
  private record Origin(String secret, SigningScope scope) {
    @Override
    public String toString() {
      return "Origin[" + scope + "]";
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Origin, byte[]> kept;

  public SigningKeys(int bound) {
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Origin, byte[]> eldest) {
            return size() > bound;
          }
        };
  }

  byte[] key(String secret, SigningScope scope) {
    Origin origin = new Origin(secret, scope);
    byte[] known = find(origin);
    if (known != null) {
      return known;
    }
    byte[] first = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    byte[] region = Sha256.hmac(Sha256.hmac(first, scope.date()), scope.region());
    byte[] key = Sha256.hmac(Sha256.hmac(region, scope.service()), "aws4_request");
    keep(origin, key);
    return key;
  }

  int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] find(Origin origin) {
    lock.lock();
    try {
      return kept.get(origin);
    } finally {
      lock.unlock();
    }
  }

  private void keep(Origin origin, byte[] key) {
    lock.lock();
    try {
      kept.put(origin, key);
    } finally {
      lock.unlock();
    }
  }
}
