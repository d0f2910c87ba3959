package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * User ids for processes, each one's own while it runs: it can neither read what is another's nor
 * outlive its end. No two Gatehouses of a machine have the same one at a time. Only root can give
 * them out.
 */
public final class Users {
  private final int first;
  private final int count;
  private final String setpriv;
  private final @Nullable UserLocks locks;
  private final BitSet taken = new BitSet();

  /** Not the one that was given back last: the kernel may still count what it ran. */
  private int next;

  /**
   * @param first of the ids
   * @param count of the ids, 0 for none
   * @param setpriv the command of util-linux that changes users
   * @param locks what other Gatehouses of this machine have taken; null where that is not known
   */
  Users(int first, int count, String setpriv, @Nullable UserLocks locks) {
    this.first = first;
    this.count = count;
    this.setpriv = setpriv;
    this.locks = locks;
  }

  /** Nobody but us. */
  public static Users none() {
    return new Users(0, 0, "", null);
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
   * An id that nobody has; none where processes stay who we are.
   *
   * @throws IOException where every id is taken: no process becomes root for that
   */
  OptionalInt take() throws IOException {
    if (count == 0) {
      return OptionalInt.empty();
    }
    synchronized (taken) {
      for (int i = 0; i < count; i++) {
        int user = (next + i) % count;
        if (!taken.get(user) && (locks == null || locks.take(first + user))) {
          taken.set(user);
          next = user + 1;
          return OptionalInt.of(first + user);
        }
      }
      throw new IOException("no user is left for another process");
    }
  }

  /** Whether processes become others at all. */
  boolean any() {
    return count > 0;
  }

  void giveBack(OptionalInt user) {
    synchronized (taken) {
      user.ifPresent(id -> {
        taken.clear(id - first);
        if (locks != null) {
          locks.giveBack(id);
        }
      });
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
}
