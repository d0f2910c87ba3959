package dev.gatehouse.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * The one secret that everything else is derived from. It lives in the data directory, so that what
 * was signed before a restart is still good after it.
 */
public final class MasterSecret {
  private static final int LENGTH = 32;

  private final byte[] bytes;

  private MasterSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret that is gone with the process. */
  public static MasterSecret random(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new MasterSecret(bytes);
  }

  /**
   * The secret in that file, which is made where it does not exist.
   *
   * @throws IOException also where others can read the file: then it is no secret
   */
  public static MasterSecret open(Path file, RandomGenerator random) throws IOException {
    byte[] bytes = OwnerFile.open(file, () -> random(random).bytes);
    if (bytes.length != LENGTH) {
      throw new IOException(file + " is damaged: it has " + bytes.length + " bytes, not " + LENGTH);
    }
    return new MasterSecret(bytes);
  }

  /** A key of its own for each purpose. */
  DerivedKey derive(String purpose) {
    return new DerivedKey(bytes, purpose);
  }
}
