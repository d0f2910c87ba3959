package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what processes see of the file system where Gatehouse is root: in a mount namespace each
 * has a {@code /tmp} of its own, and of directories that are closed to others (a root's home, a
 * data directory) just the places that it needs. Where the system grants no namespaces, as in some
 * containers, processes see what everybody sees.
 */
public final class FileViews {
  private static final Logger LOG = LoggerFactory.getLogger(FileViews.class);
  private static final long PATIENCE_SECONDS = 10;
  private static final List<Path> STAGES =
      Stream.of("/mnt", "/media", "/srv", "/boot").map(Path::of).toList();

  private final boolean others;
  private final AtomicBoolean told = new AtomicBoolean();
  private @Nullable Boolean able;

  /**
   * @param others whether processes become other users at all
   */
  public FileViews(boolean others) {
    this.others = others;
  }

  /** The view of a process with that directory for its temporary files. */
  FileView of(ProcessPlan plan, Path temporary) throws IOException {
    if (!others) {
      return FileView.MACHINE;
    }
    Map<Path, Path> needed = needed(plan);
    Optional<Path> closed = needed.values().stream().filter(it -> !readable(it)).findFirst();
    if (closed.isPresent()) {
      return closed(closed.get());
    }
    return able() ? mounted(plan, temporary, needed) : unmounted(needed);
  }

  /** From each place that is needed, as it is named and as it really is, to what is there. */
  private static Map<Path, Path> needed(ProcessPlan plan) throws IOException {
    Map<Path, Path> needed = new LinkedHashMap<>();
    for (Path path : Stream.concat(Stream.of(plan.directory()), plan.needed().stream()).toList()) {
      if (Files.exists(path)) {
        Path real = path.toRealPath();
        needed.put(path.toAbsolutePath().normalize(), real);
        needed.put(real, real);
      }
    }
    return needed;
  }

  private FileView mounted(ProcessPlan plan, Path temporary, Map<Path, Path> needed) {
    Set<Path> covers = new LinkedHashSet<>();
    Map<Path, Path> binds = new LinkedHashMap<>();
    for (Map.Entry<Path, Path> place : needed.entrySet()) {
      Path cover = cover(place.getKey());
      if (cover != null) {
        covers.add(cover);
        boolean below = binds.keySet().stream().anyMatch(it -> place.getKey().startsWith(it));
        if (!below) {
          binds.keySet().removeIf(it -> it.startsWith(place.getKey()));
          binds.put(place.getKey(), place.getValue());
        }
      }
    }
    Optional<Path> stage = STAGES.stream().filter(it -> isFree(it, needed, covers)).findFirst();
    return stage.isEmpty()
        ? unmounted(needed)
        : FileView.mounted(temporary, plan.directory(), covers, binds, stage.get());
  }

  private static boolean isFree(Path stage, Map<Path, Path> needed, Set<Path> covers) {
    return Files.isDirectory(stage)
        && Stream.concat(needed.keySet().stream(), covers.stream())
            .noneMatch(it -> it.startsWith(stage));
  }

  private FileView unmounted(Map<Path, Path> needed) {
    Optional<Path> closed =
        needed.keySet().stream().filter(place -> outermostClosed(place) != null).findFirst();
    return closed.isPresent() ? closed(closed.get()) : new FileView("", true);
  }

  private FileView closed(Path path) {
    if (!told.getAndSet(true)) {
      LOG.warn(
          "Functions run as root, such as those that need {}: no other user can read it. Keep data,"
              + " code and installation where everybody may",
          path);
    }
    return FileView.MACHINE;
  }

  /** The directory above a place that hides it from others; null where none does. */
  private static @Nullable Path cover(Path place) {
    return place.startsWith(FileView.TMP) ? FileView.TMP : outermostClosed(place);
  }

  private static @Nullable Path outermostClosed(Path place) {
    Path closed = null;
    for (Path at = place.getParent(); at != null; at = at.getParent()) {
      if (!has(at, PosixFilePermission.OTHERS_EXECUTE)) {
        closed = at;
      }
    }
    return closed;
  }

  private static boolean readable(Path path) {
    return has(path, PosixFilePermission.OTHERS_READ)
        && (!Files.isDirectory(path) || has(path, PosixFilePermission.OTHERS_EXECUTE));
  }

  private static boolean has(Path path, PosixFilePermission permission) {
    try {
      return Files.getPosixFilePermissions(path).contains(permission);
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized boolean able() {
    Boolean known = able;
    if (known == null) {
      known = tryOut();
      able = known;
      if (!known) {
        LOG.info("Functions share the machine's /tmp: this system grants no mount namespaces");
      }
    }
    return known;
  }

  private static boolean tryOut() {
    try {
      String mounts = "mount --bind /tmp /mnt && mount -t tmpfs tmpfs /tmp && umount -l /mnt";
      Process trial =
          new ProcessBuilder(
                  Stream.concat(NAMESPACE.stream(), Stream.of("sh", "-c", mounts)).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        trial.destroyForcibly();
        return false;
      }
      return trial.exitValue() == 0;
    } catch (IOException e) {
      return false; // the command is not here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Goes before a command that is to have mounts of its own. */
  static final List<String> NAMESPACE = List.of("unshare", "--mount", "--propagation", "private");
}
