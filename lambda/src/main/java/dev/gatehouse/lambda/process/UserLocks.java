package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has which user, among all Gatehouses of a machine: what ends a process ends all that its user
 * runs, and one user's processes may look into one another. Each user is a byte of one file, locked
 * while it is taken; the system lets go of the locks of a process that has ended, however it did.
 */
final class UserLocks {
  private static final Logger LOG = LoggerFactory.getLogger(UserLocks.class);

  private final Map<Integer, FileLock> held = new HashMap<>();
  private final FileChannel file;

  private UserLocks(FileChannel file) {
    this.file = file;
  }

  /**
   * Opens the file, which stays open: closing it would let go of the locks of everything in this
   * process that has opened it.
   */
  static UserLocks open(Path path) throws IOException {
    return new UserLocks(
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Whether the user was free and is now ours. */
  synchronized boolean take(int user) throws IOException {
    try {
      FileLock lock = file.tryLock(user, 1, false);
      if (lock != null) {
        held.put(user, lock);
      }
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another of this process has it
    }
  }

  synchronized void giveBack(int user) {
    FileLock lock = held.remove(user);
    if (lock != null) {
      try {
        lock.release();
      } catch (IOException e) {
        LOG.warn("The user {} stays taken until Gatehouse ends: {}", user, e.toString());
      }
    }
  }
}
