package dev.gatehouse.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeStoreTest {
  private static final FunctionKey KEY =
      new FunctionKey(new Scope("123456789012", "us-east-1"), "fn");
  private static final int LINK = 0120777;
  private static final int PROGRAM = 0100755;
  private static final int FILE = 0100644;

  @TempDir Path directory;
  private Path root = Path.of("");
  private CodeStore store = store(Path.of(""));

  @BeforeEach
  void open() {
    root = directory.resolve("functions");
    store = store(root);
  }

  private static CodeStore store(Path root) {
    return new CodeStore(
        root, new CodeLimits(1 << 20, 2 << 20, 100), () -> UUID.randomUUID().toString());
  }

  @Test
  void filesProgramsAndInnerLinksComeOutAsPacked() throws Exception {
    Zip zip = new Zip();
    zip.add("lib/a.txt", FILE, "hello").add("bin/run", PROGRAM, "#!/bin/sh");
    zip.add("bin/link", LINK, "../lib/a.txt").add("lib/self", LINK, "a.txt");

    Code code = store.keep(KEY, zip.bytes());
    Path task = store.taskRoot(KEY, code.sha256());

    assertThat(task.resolve("bin/link")).hasContent("hello").isSymbolicLink();
    assertThat(task.resolve("lib/self")).hasContent("hello");
    assertThat(Files.isExecutable(task.resolve("bin/run"))).isTrue();
    assertThat(Files.getPosixFilePermissions(task.resolve("lib/a.txt")).toString())
        .doesNotContain("EXECUTE");
  }

  @Test
  void nothingIsWrittenOutside() throws Exception {
    for (String name :
        new String[] {
          "../evil", "a/../../evil", "/evil", "a/../evil", "..\\evil", "a\\..\\..\\evil", ".."
        }) {
      refused(new Zip().add(name, FILE, "x"));
    }
    for (String target :
        new String[] {"/etc/passwd", "../../x", "a/../../../x", "..", "x/../../..", ""}) {
      refused(new Zip().add("link", LINK, target));
    }
    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    refused(new Zip().add("d", LINK, "e").add("d/f", FILE, "x"));
    refused(new Zip().add("d/f", FILE, "x").add("d", LINK, "e"));
    refused(new Zip().add("a", FILE, "x").add("./a", FILE, "y"));
    refused(new Zip().add("a", FILE, "x").add("a/b", FILE, "y"));
  }

  @Test
  void aLinkThroughALinkCannotClimb() throws Exception {
    refused(new Zip().add("deep/down", LINK, "..").add("out", LINK, "deep/down/../../../etc"));
  }

  @Test
  void whatComesOutIsCountedNotWhatIsClaimed() throws Exception {
    refused(new Zip().add("bomb", FILE, "0".repeat((2 << 20) + 1)));
    Zip many = new Zip();
    for (int i = 0; i <= 100; i++) {
      many.add("f" + i, FILE, "");
    }
    refused(many);
    byte[] lying = new Zip().add("liar", FILE, "0".repeat((2 << 20) + 1)).bytes();
    int directoryEntry = lastIndexOf(lying, 0x02014b50);
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(directoryEntry + 24, 10);
    assertThatThrownBy(() -> store.keep(KEY, lying)).isInstanceOf(CodeRejected.class);
  }

  @Test
  void anArchiveOverTheLimitIsRefused() {
    assertThatThrownBy(() -> store.keep(KEY, new byte[(1 << 20) + 1]))
        .isInstanceOf(CodeRejected.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void aDamagedArchiveIsRefused() throws Exception {
    byte[] whole = new Zip().add("a.txt", FILE, "hello".repeat(100)).bytes();
    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> store.keep(KEY, cut)).isInstanceOf(CodeRejected.class);
    }
  }

  @Test
  void afterAnotherBootTheCodeIsUnpackedAnew() throws Exception {
    Code code = store.keep(KEY, new Zip().add("a.txt", FILE, "hello").bytes());
    Path task = store.taskRoot(KEY, code.sha256());
    Files.writeString(task.resolve("a.txt"), "");
    Files.writeString(task.resolveSibling("unpacked"), "another boot");

    assertThat(store.taskRoot(KEY, code.sha256()).resolve("a.txt")).hasContent("hello");
  }

  @Test
  void sweepingKeepsOnlyWhatIsReferredTo() throws Exception {
    Code first = store.keep(KEY, new Zip().add("a", FILE, "1").bytes());
    Code second = store.keep(KEY, new Zip().add("a", FILE, "2").bytes());

    store.sweep(Map.of(KEY, Set.of(second.sha256())));

    Path home = KEY.below(root);
    assertThat(home.resolve(first.sha256())).doesNotExist();
    assertThat(home.resolve(second.sha256())).exists();
  }

  private void refused(Zip zip) throws IOException {
    byte[] bytes = zip.bytes();
    assertThatThrownBy(() -> store.keep(KEY, bytes)).isInstanceOf(CodeRejected.class);
    Path home = KEY.below(root);
    assertThat(!Files.exists(home, LinkOption.NOFOLLOW_LINKS) || home.toFile().list().length == 0)
        .isTrue();
  }

  private static int lastIndexOf(byte[] bytes, int signature) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.length - 4;
    while (buffer.getInt(at) != signature) {
      at--;
    }
    return at;
  }

  /** Packs entries with Unix modes, which the JDK's writer leaves out: they are put in after. */
  private static final class Zip {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream out = new ZipOutputStream(bytes);
    private final List<Integer> modes = new ArrayList<>();

    Zip add(String name, int mode, String content) throws IOException {
      out.putNextEntry(new ZipEntry(name));
      out.write(content.getBytes(StandardCharsets.UTF_8));
      modes.add(mode);
      return this;
    }

    byte[] bytes() throws IOException {
      out.close();
      byte[] zip = bytes.toByteArray();
      ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
      int at = buffer.getInt(zip.length - 6);
      for (int mode : modes) {
        zip[at + 5] = 3;
        buffer.putInt(at + 38, mode << 16);
        at +=
            46
                + Short.toUnsignedInt(buffer.getShort(at + 28))
                + Short.toUnsignedInt(buffer.getShort(at + 30))
                + Short.toUnsignedInt(buffer.getShort(at + 32));
      }
      return zip;
    }
  }
}
