package dev.gatehouse.lambda.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Archives below {@code functions/{account}/{region}/{name}/{sha256}/}: {@code code.zip}, which is
 * durable before its function's row is written, and {@code task}, which is unpacked from it.
 *
 * <p>The unpacked files are not forced to the disk one by one. They are trusted only within the
 * boot of the machine that unpacked them, which loses nothing to a kill -9; after a power failure
 * they are unpacked again.
 */
public final class CodeStore {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final String INCOMING = "incoming-";

  private final Path root;
  private final CodeLimits limits;
  private final Supplier<String> ids;
  private final String boot;

  /**
   * @param root the directory {@code functions}
   * @param ids unique names for what is not yet complete
   */
  public CodeStore(Path root, CodeLimits limits, Supplier<String> ids) {
    this.root = root;
    this.limits = limits;
    this.ids = ids;
    this.boot = boot(ids);
  }

  /** Checks an archive and keeps it; returns once it is durable. */
  public Code keep(FunctionKey function, byte[] zip) throws CodeRejected, IOException {
    if (zip.length > limits.zipBytes()) {
      throw new CodeRejected("The archive must be smaller than " + limits.zipBytes() + " bytes.");
    }
    Code code = new Code(HexFormat.of().formatHex(sha256(zip)), zip.length);
    Path home = function.below(root);
    Path target = home.resolve(code.sha256());
    if (Files.isDirectory(target)) {
      return code;
    }
    Files.createDirectories(home);
    // Whoever does not know an archive's hash does not get at it: not one function at another's.
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    Path incoming = home.resolve(INCOMING + ids.get());
    try {
      Files.createDirectory(incoming);
      Path file = Files.write(incoming.resolve("code.zip"), zip);
      Directories.sync(file);
      unpack(incoming);
      Directories.sync(incoming);
      move(incoming, target);
      Directories.sync(home);
    } finally {
      Directories.delete(incoming);
    }
    return code;
  }

  /** Where an archive is, if it is there. */
  public Path archive(FunctionKey function, String sha256) {
    return function.below(root).resolve(sha256).resolve("code.zip");
  }

  /** The unpacked code, unpacked anew where need be. */
  public synchronized Path taskRoot(FunctionKey function, String sha256) throws IOException {
    Path directory = function.below(root).resolve(sha256);
    Path stamp = directory.resolve("unpacked");
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(boot)) {
      Directories.delete(directory.resolve("task"));
      try {
        unpack(directory);
      } catch (CodeRejected e) {
        throw new IOException("The archive of " + function.arn() + " is damaged", e);
      }
    }
    return directory.resolve("task");
  }

  /** Removes a function's archives but these. */
  public void keepOnly(FunctionKey function, Set<String> wanted) throws IOException {
    for (Path archive : Directories.list(function.below(root))) {
      String name = String.valueOf(archive.getFileName());
      if (!wanted.contains(name) && !name.startsWith(INCOMING)) {
        Directories.delete(archive);
      }
    }
  }

  /** Removes what no function refers to: left by a crash between an archive and its row. */
  public void sweep(Map<FunctionKey, Set<String>> living) throws IOException {
    Set<Path> wanted = new HashSet<>();
    living.forEach((function, archives) ->
        archives.forEach(archive -> wanted.add(function.below(root).resolve(archive))));
    for (Path account : Directories.list(root)) {
      for (Path region : Directories.list(account)) {
        for (Path function : Directories.list(region)) {
          sweep(function, wanted);
        }
      }
    }
  }

  private static void sweep(Path function, Set<Path> wanted) throws IOException {
    boolean empty = true;
    for (Path archive : Directories.list(function)) {
      if (wanted.contains(archive)) {
        empty = false;
      } else {
        Directories.delete(archive);
      }
    }
    if (empty) {
      Files.deleteIfExists(function);
    }
  }

  private void unpack(Path directory) throws CodeRejected, IOException {
    Unpacking.unpack(directory.resolve("code.zip"), directory.resolve("task"), limits);
    Files.writeString(directory.resolve("unpacked"), boot);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(to)) { // else another request brought the same archive
        throw e;
      }
    }
  }

  private static String boot(Supplier<String> ids) {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return ids.get(); // no way to tell boots apart: each start of ours counts as one
    }
  }

  /** The hash of a text, in hexadecimal. */
  static String hash(String text) {
    return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
