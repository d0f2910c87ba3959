package dev.gatehouse.lambda.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks one archive into one directory. Nothing is written outside it: no absolute names, no dot
 * segments, and links, which are made after every file so that none is written through them, stay
 * inside. What is counted is what comes out, never what the archive claims.
 */
final class Unpacking {
  private static final String BROKEN =
      "Could not unzip uploaded file. Please check your file, then try to upload again.";
  private static final int MAX_LINK = 4096;

  private final Path root;
  private final CodeLimits limits;
  private final Map<Path, String> links = new LinkedHashMap<>();
  private long bytes;

  private Unpacking(Path root, CodeLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  /** Unpacks into a new directory. */
  static void unpack(Path zip, Path root, CodeLimits limits) throws CodeRejected, IOException {
    Files.createDirectory(root);
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      if (archive.size() > limits.entries()) {
        throw new CodeRejected(
            "The archive has more than " + limits.entries() + " entries, which is too many.");
      }
      new Unpacking(root, limits).unpack(archive, ZipModes.of(zip));
    } catch (FileSystemException e) {
      throw e; // our disk, not the archive
    } catch (IOException | IllegalArgumentException e) {
      throw new CodeRejected(BROKEN, e);
    }
  }

  private void unpack(ZipFile archive, ZipModes modes) throws IOException, CodeRejected {
    Enumeration<? extends ZipEntry> entries = archive.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      Path target = target(entry.getName());
      if (entry.isDirectory()) {
        directories(target);
      } else if (modes.link(entry.getName())) {
        links.put(target, linkTarget(archive, entry, target));
      } else {
        file(archive, entry, target, modes.executable(entry.getName()));
      }
    }
    for (Map.Entry<Path, String> link : links.entrySet()) {
      directories(parent(link.getKey()));
      create(() -> Files.createSymbolicLink(link.getKey(), Path.of(link.getValue())));
    }
  }

  private Path target(String name) throws CodeRejected {
    if (name.startsWith("/") || name.contains("\\") || name.indexOf(0) >= 0) {
      throw new CodeRejected(BROKEN);
    }
    try {
      for (String segment : name.split("/", -1)) {
        if (segment.equals("..")) {
          throw new CodeRejected(BROKEN);
        }
      }
      Path target = root.resolve(name).normalize();
      if (!target.startsWith(root)) {
        throw new CodeRejected(BROKEN);
      }
      return target;
    } catch (InvalidPathException e) {
      throw new CodeRejected(BROKEN, e);
    }
  }

  private void file(ZipFile archive, ZipEntry entry, Path target, boolean executable)
      throws IOException, CodeRejected {
    directories(parent(target));
    create(() -> Files.createFile(target));
    try (InputStream in = archive.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (bytes > limits.unpackedBytes()) {
          throw new CodeRejected(
              "Unzipped size must be smaller than " + limits.unpackedBytes() + " bytes");
        }
        out.write(buffer, 0, read);
      }
    }
    if (executable) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /**
   * A link may go up only at its beginning, from a real directory: then each step of it, through
   * whichever other link, is inside.
   */
  private String linkTarget(ZipFile archive, ZipEntry entry, Path link)
      throws IOException, CodeRejected {
    byte[] text;
    try (InputStream in = archive.getInputStream(entry)) {
      text = in.readNBytes(MAX_LINK + 1);
    }
    String target = new String(text, StandardCharsets.UTF_8);
    if (target.isEmpty() || text.length > MAX_LINK || target.startsWith("/")) {
      throw new CodeRejected(BROKEN);
    }
    @Nullable Path at = parent(link);
    boolean down = false;
    for (String segment : target.split("/")) {
      boolean up = segment.equals("..");
      down |= !up;
      at = up && at != null ? at.getParent() : at;
      if ((up && down) || at == null || !at.startsWith(root)) {
        throw new CodeRejected(BROKEN);
      }
    }
    return target;
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "a path below the root has a parent");
  }

  private static void directories(Path directory) throws IOException, CodeRejected {
    create(() -> Files.createDirectories(directory));
  }

  /** Two entries of one name, or a file where a directory should be, are the archive's fault. */
  private static void create(Creation creation) throws IOException, CodeRejected {
    try {
      creation.run();
    } catch (FileAlreadyExistsException e) {
      throw new CodeRejected(BROKEN, e);
    }
  }

  @FunctionalInterface
  private interface Creation {
    Object run() throws IOException;
  }
}
