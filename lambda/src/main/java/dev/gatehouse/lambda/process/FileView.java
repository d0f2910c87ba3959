package dev.gatehouse.lambda.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one process sees of the file system.
 *
 * @param commands for the shell that becomes the process, still as root; empty where it sees what
 *     everybody sees
 * @param open whether another user can reach all that the process needs
 */
record FileView(String commands, boolean open) {
  /** What everybody sees, where the process is not to become another user. */
  static final FileView MACHINE = new FileView("", false);

  static final Path TMP = Path.of("/tmp");

  /** Whether {@code /tmp} is the process's own. */
  boolean ownTmp() {
    return !commands.isEmpty();
  }

  /**
   * One with a {@code /tmp} of its own, and with nothing of some directories but a few places below
   * them.
   *
   * @param temporary what is to be {@code /tmp}
   * @param covers the directories
   * @param binds from a place to what is there
   * @param stage a directory that is empty, or of no use to the process
   */
  static FileView mounted(
      Path temporary, Path directory, Set<Path> covers, Map<Path, Path> binds, Path stage) {
    List<String> steps = new ArrayList<>(List.of("umask 022"));
    boolean staged = !binds.isEmpty();
    String seen = staged ? stage.toString() : "";
    if (staged) {
      steps.add("mount --rbind / " + quoted(seen));
    }
    steps.add("mount --bind " + quoted(seen + temporary) + " " + TMP);
    covers.stream()
        .filter(cover -> !cover.equals(TMP))
        .forEach(
            cover -> steps.add("mount -t tmpfs -o mode=711,size=1m tmpfs " + quoted("" + cover)));
    binds.forEach((place, there) -> {
      steps.add(make(place, Files.isDirectory(there)));
      steps.add("mount --bind " + quoted(seen + there) + " " + quoted("" + place));
    });
    if (staged) {
      steps.add("umount -l " + quoted(seen));
      steps.add("cd " + quoted("" + directory));
    }
    return new FileView(
        "{ " + String.join(" && ", steps) + "; } || { echo 'No /tmp of its own'; exit 1; }; ",
        true);
  }

  private static String make(Path place, boolean directory) {
    String name = quoted("" + place);
    return directory
        ? "mkdir -p " + name
        : "mkdir -p "
            + quoted("" + place.getParent())
            + " && { [ -e "
            + name
            + " ] || : >"
            + name
            + "; }";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
