package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts commands under {@code supervisor.sh}, a shell of two processes that kills the command's
 * process group when Gatehouse goes away, by kill -9 too. It needs a POSIX shell and util-linux's
 * {@code setsid}, both found once, here.
 */
public record Supervisor(
    String setsid,
    String shell,
    String script,
    Users users,
    FileViews views,
    CpuShares cpu,
    ProcessWatch watch) {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** Of the machine, and gone with its next start. */
  private static final Path LOCKS = Path.of("/run/gatehouse-users");

  /**
   * Finds the tools of this machine.
   *
   * @throws IllegalStateException where one is missing; says what to install
   */
  public static Supervisor find(Users users, CpuShares cpu, ProcessWatch watch) {
    return new Supervisor(
        tool("setsid", "util-linux"),
        tool("sh", "a POSIX shell"),
        readScript(),
        users,
        new FileViews(users.any()),
        cpu,
        watch);
  }

  /**
   * User ids from one on, where this process may change users; none else.
   *
   * @param processes how many there may be; what one leaves behind is taken away while another
   *     starts, and other Gatehouses may take some, so there are more ids
   */
  public static Users users(int first, int processes) {
    return Users.isRoot()
        ? new Users(first, 4 * processes, tool("setpriv", "util-linux"), locks())
        : Users.none();
  }

  private static @Nullable UserLocks locks() {
    try {
      return UserLocks.open(LOCKS);
    } catch (IOException e) {
      LOG.warn(
          "Another Gatehouse that runs as root on this machine needs another functions.first-user:"
              + " {} cannot be written ({})",
          LOCKS,
          e.toString());
      return null;
    }
  }

  Process start(
      ProcessPlan plan, Confinement held, List<String> command, Map<String, String> environment)
      throws IOException {
    FileView view = held.view();
    OptionalInt user = held.user();
    List<String> whole = new ArrayList<>();
    if (!view.commands().isEmpty()) {
      whole.addAll(FileViews.NAMESPACE);
    }
    whole.addAll(List.of(setsid, shell, "-c", script, "gatehouse-supervisor", setsid, shell));
    whole.add(held.joining() + view.commands() + Limits.commands(plan, user.isPresent()));
    if (user.isPresent()) {
      List<String> as = users.as(user.getAsInt());
      whole.add(String.join(" ", as) + " " + shell + " -c 'kill -s KILL -- -1; :' 2>/dev/null");
      whole.addAll(as);
    } else {
      whole.add("");
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(plan.directory().toFile()).redirectErrorStream(true).start();
  }

  private static String tool(String name, String from) {
    for (String directory : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      Path path = Path.of(directory, name);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    throw new IllegalStateException(
        "Functions need the command " + name + ", which is not here: install " + from);
  }

  private static String readScript() {
    try (InputStream in = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      if (in == null) {
        throw new IllegalStateException("supervisor.sh is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
