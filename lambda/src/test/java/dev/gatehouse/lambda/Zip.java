package dev.gatehouse.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of texts. */
final class Zip {
  private static final int END_SIZE = 22;
  private static final int EXECUTABLE = 0100755;

  private Zip() {}

  /** An archive of pairs: a name and its text. */
  static byte[] of(String... files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** An archive of one executable, with the mode that the JDK cannot write. */
  static byte[] executable(String name, String text) {
    byte[] zip = Arrays.copyOf(of(name, text), of(name, text).length);
    int entry = zip.length - END_SIZE - 46 - name.length();
    zip[entry + 5] = 3; // made on Unix
    zip[entry + 40] = (byte) EXECUTABLE;
    zip[entry + 41] = (byte) (EXECUTABLE >> 8);
    return zip;
  }
}
