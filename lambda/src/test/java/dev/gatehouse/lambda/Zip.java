package dev.gatehouse.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Archives of texts. */
final class Zip {
  private static final int ENTRY = 0x02014b50;
  private static final int EXECUTABLE = 0100755;

  private Zip() {}

  /** An archive of pairs: a name and its text. */
  static byte[] of(String... files) {
    return of(new byte[0], files);
  }

  private static byte[] of(byte[] more, String... files) {
    byte[][] contents = new byte[files.length / 2][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = files[2 * i + 1].getBytes(StandardCharsets.UTF_8);
    }
    return of(more, files, contents);
  }

  private static byte[] of(byte[] more, String[] files, byte[][] contents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(more))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(zip);
      }
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(contents[i / 2]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Another archive with jars in {@code lib}. */
  static byte[] withJars(byte[] more, Path... jars) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(more))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(zip);
      }
      for (Path jar : jars) {
        zip.putNextEntry(new ZipEntry("lib/" + jar.getFileName()));
        Files.copy(jar, zip);
      }
    }
    return bytes.toByteArray();
  }

  static byte[] executable(String name, String text) {
    return executable(name, text, new byte[0]);
  }

  /** Another archive with one executable more, which has the mode that the JDK cannot write. */
  static byte[] executable(String name, String text, byte[] more) {
    return executable(of(more, name, text), name.length());
  }

  /** One executable that is no script. */
  static byte[] executable(String name, byte[] content) {
    byte[] zip = of(new byte[0], new String[] {name, ""}, new byte[][] {content});
    return executable(zip, name.length());
  }

  private static byte[] executable(byte[] zip, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int entry = zip.length - 46 - length;
    while (bytes.getInt(entry) != ENTRY) {
      entry--;
    }
    bytes.put(entry + 5, (byte) 3); // made on Unix
    bytes.putInt(entry + 38, EXECUTABLE << 16);
    return zip;
  }
}
