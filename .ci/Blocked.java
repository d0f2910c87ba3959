import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads flight recordings of a server in which every wait was noted, and fails where an event loop
 * waited: for a socket, a file, a lock, a monitor, or asleep. Its own idle wait is in native code
 * and notes nothing. Left out: a class that is loaded reads its jar, once; and the JDK's TLS reads
 * /dev/urandom, which never waits.
 *
 * <p>{@code java .ci/Blocked.java FOLDER}
 */
final class Blocked {
  private static final String LOOP = "gateway-";
  private static final List<String> LOADING =
      List.of("jdk.internal.loader.", "java.lang.ClassLoader", "jdk.internal.jimage.");

  private static final List<String> RANDOM = List.of("sun.security.provider.NativePRNG");

  private final Map<String, Integer> onLoops = new TreeMap<>();
  private long elsewhere;

  public static void main(String[] args) throws IOException {
    List<Path> recordings;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      recordings = files.filter(file -> file.toString().endsWith(".jfr")).toList();
    }
    Blocked blocked = new Blocked();
    for (Path recording : recordings) {
      blocked.read(recording);
    }
    blocked.onLoops.forEach((what, times) -> System.out.println(times + " x " + what));
    System.out.printf(
        "soak: %d recordings, %d waits elsewhere, %d kinds of waits on event loops%n",
        recordings.size(), blocked.elsewhere, blocked.onLoops.size());
    if (blocked.elsewhere == 0 || !blocked.onLoops.isEmpty()) {
      System.exit(1); // a server that never waits was not recorded
    }
  }

  private void read(Path recording) throws IOException {
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        take(file.readEvent());
      }
    }
  }

  private void take(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    String name = thread == null ? null : thread.getJavaName();
    if (name == null || !name.startsWith(LOOP)) {
      elsewhere++;
    } else if (!passes(event, "", LOADING) && !passes(event, "jdk.FileRead", RANDOM)) {
      onLoops.merge(event.getEventType().getName() + "\n" + stack(event), 1, Integer::sum);
    }
  }

  private static boolean passes(RecordedEvent event, String kind, List<String> places) {
    return event.getEventType().getName().startsWith(kind)
        && frames(event).anyMatch(frame -> places.stream().anyMatch(frame::startsWith));
  }

  private static String stack(RecordedEvent event) {
    return frames(event).limit(25).map(frame -> "    " + frame + "\n").reduce("", String::concat);
  }

  private static Stream<String> frames(RecordedEvent event) {
    return event.getStackTrace() == null
        ? Stream.of()
        : event.getStackTrace().getFrames().stream().map(Blocked::frame);
  }

  private static String frame(RecordedFrame frame) {
    return frame.getMethod().getType().getName()
        + "."
        + frame.getMethod().getName()
        + ":"
        + frame.getLineNumber();
  }
}
