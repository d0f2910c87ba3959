package dev.gatehouse.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No two processes of a machine have the same user. */
class UsersTest {
  private static final int FIRST = 70_000;

  /** Takes the first user, says so, and keeps it until it is killed. */
  private static final String HOLDER =
      "import fcntl, os, sys; file = open(sys.argv[1], 'r+b');"
          + " fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]));"
          + " os.write(1, b'held'); sys.stdin.read()";

  @TempDir Path directory;
  private Path locks = Path.of("");

  @BeforeEach
  void name() {
    locks = directory.resolve("users");
  }

  private Users users(int count) throws IOException {
    return new Users(FIRST, count, "setpriv", UserLocks.open(locks));
  }

  @Test
  void twoGatehousesShareTheUsers() throws IOException {
    Users one = users(3);
    Users other = users(3);

    assertThat(one.take()).hasValue(FIRST);
    assertThat(other.take()).hasValue(FIRST + 1);
    assertThat(one.take()).hasValue(FIRST + 2);
    assertThatThrownBy(other::take).hasMessage("no user is left for another process");

    one.giveBack(OptionalInt.of(FIRST + 2));
    assertThat(other.take()).hasValue(FIRST + 2);
  }

  @Test
  void whatAnotherProcessHasIsFreeOnceItWasKilled() throws Exception {
    Users ours = users(2);
    Process holder =
        new ProcessBuilder("python3", "-c", HOLDER, locks.toString(), "" + FIRST)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().readNBytes(4)).asString().isEqualTo("held");
      assertThat(ours.take()).hasValue(FIRST + 1);
      assertThatThrownBy(ours::take).hasMessage("no user is left for another process");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(ours.take()).hasValue(FIRST);
  }
}
