package dev.gatehouse.server;

import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.OwnerFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The key of a server that checks signatures and was given no keys. It is kept as it is: a
 * signature can only be checked with the secret itself.
 *
 * @param made whether it was made just now, and nobody knows it yet
 */
record FirstKey(Credential credential, boolean made) {
  private static final int ID_BYTES = 12;
  private static final int SECRET_BYTES = 30;

  /**
   * The key in that file, which is made where it does not exist.
   *
   * @throws IOException also where others can read the file, or it is damaged
   */
  static FirstKey open(Path file, RandomGenerator random) throws IOException {
    boolean made = !Files.exists(file);
    byte[] bytes = OwnerFile.open(file, () -> fresh(random).getBytes(StandardCharsets.US_ASCII));
    List<String> lines = new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    if (lines.size() != 2 || lines.stream().anyMatch(String::isBlank)) {
      throw new IOException(file + " is damaged: it has no key id and secret in two lines");
    }
    return new FirstKey(
        Credential.root(lines.getFirst(), lines.getLast(), AccessKeys.DEFAULT_ACCOUNT), made);
  }

  private static String fresh(RandomGenerator random) {
    return "GATE"
        + text(random, ID_BYTES).replace('-', 'x').replace('_', 'y')
        + "\n"
        + text(random, SECRET_BYTES)
        + "\n";
  }

  private static String text(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
