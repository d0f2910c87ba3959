package dev.gatehouse.lambda;

import dev.gatehouse.model.Scope;
import java.io.IOException;
import java.util.Optional;

/** Reads code from the object store. */
@FunctionalInterface
public interface ObjectReader {

  /**
   * The object's bytes; empty where there is no such bucket or key.
   *
   * @param maxBytes beyond which the object is not read
   * @throws IOException where the store does not answer or the object is too large
   */
  Optional<byte[]> read(Scope scope, String bucket, String key, long maxBytes) throws IOException;
}
