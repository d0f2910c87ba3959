package dev.gatehouse.lambda.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ahead-of-time cache (JEP 483, 514) of one JDK and one list of jars. Its name is made from
 * both, so that a cache that would be stale is simply not found and another is trained.
 *
 * @param file where it is, or would be
 * @param version the feature version of the JDK
 */
public record AotCache(Path file, int version) {
  private static final int FIRST_SUPPORTED = 25;
  private static final long TRAINING_SECONDS = 120;
  private static final Pattern VERSION =
      Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?(\\d+)", Pattern.MULTILINE);

  /**
   * The cache for these jars on this JDK.
   *
   * @param directory where caches are kept
   */
  public static AotCache of(Path home, List<Path> jars, Path directory) throws IOException {
    String release = Files.readString(home.resolve("release"));
    StringBuilder identity = new StringBuilder(release);
    for (Path jar : jars) {
      identity.append(jar.toAbsolutePath()).append(' ').append(Files.size(jar)).append(' ');
      identity.append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
    }
    Path file = directory.resolve("java-" + digest(identity.toString()) + ".aot");
    return new AotCache(file, version(release));
  }

  /** The feature version of a JDK, as its {@code release} file says; 0 where it does not. */
  public static int versionOf(Path home) throws IOException {
    return version(Files.readString(home.resolve("release")));
  }

  /** Whether the JDK can make one in one step. */
  private boolean supported() {
    return version >= FIRST_SUPPORTED;
  }

  /** The options that use it; none where it is not there. */
  List<String> use() {
    return supported() && Files.exists(file)
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }

  /**
   * Makes it, unless it is there.
   *
   * @param command the command line of the training run with some more options
   */
  void train(Function<List<String>, List<String>> command)
      throws IOException, InterruptedException {
    if (!supported() || Files.exists(file)) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    Path fresh = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), "training", ".aot");
    try {
      run(command.apply(List.of("-XX:AOTCacheOutput=" + fresh, "-Xlog:aot=off", "-Xlog:cds=off")));
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
    Process training =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS) || training.exitValue() != 0) {
        throw new IOException("The training run of the Java runtime failed");
      }
    } finally {
      training.descendants().forEach(ProcessHandle::destroyForcibly);
      training.destroyForcibly();
    }
  }

  private static int version(String release) {
    Matcher version = VERSION.matcher(release);
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
