package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * User ids for processes, each one's own while it runs: it can neither read what is another's nor
 * outlive its end. Only root can give them out.
 */
public final class Users {
  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  private final int first;
  private final int count;
  private final String setpriv;
  private final BitSet taken = new BitSet();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Map<Path, Boolean> reachable = new ConcurrentHashMap<>();

  /**
   * @param first of the ids
   * @param count of the ids, 0 for none
   * @param setpriv the command of util-linux that changes users
   */
  public Users(int first, int count, String setpriv) {
    this.first = first;
    this.count = count;
    this.setpriv = setpriv;
  }

  /** Nobody but us. */
  public static Users none() {
    return new Users(0, 0, "");
  }

  /** Whether this process may change users at all. */
  public static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * An id that nobody has; none where there is none left, or where such a user could not get at
   * something that it needs.
   */
  OptionalInt take(List<Path> needed) {
    if (count == 0 || !needed.stream().allMatch(this::reachable)) {
      return OptionalInt.empty();
    }
    synchronized (taken) {
      int free = taken.nextClearBit(0);
      if (free >= count) {
        return OptionalInt.empty();
      }
      taken.set(free);
      return OptionalInt.of(first + free);
    }
  }

  void giveBack(OptionalInt user) {
    synchronized (taken) {
      user.ifPresent(id -> taken.clear(id - first));
    }
  }

  /** What goes before a command so that it runs as a user, with no way back. */
  List<String> as(int user) {
    return List.of(
        setpriv,
        "--reuid=" + user,
        "--regid=" + user,
        "--clear-groups",
        "--no-new-privs",
        "--inh-caps=-all",
        "--bounding-set=-all");
  }

  private boolean reachable(Path path) {
    return reachable.computeIfAbsent(
        path,
        it -> {
          boolean open = open(it.toAbsolutePath());
          if (!open && !told.getAndSet(true)) {
            LOG.warn(
                "Functions run as root, such as those that need {}: no other user can reach it. Keep"
                    + " data and installation where everybody may pass",
                it);
          }
          return open;
        });
  }

  private static boolean open(Path path) {
    try {
      for (Path at = path.toRealPath(); at != null; at = at.getParent()) {
        boolean passable =
            !Files.isDirectory(at)
                || Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE);
        if (!passable) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
