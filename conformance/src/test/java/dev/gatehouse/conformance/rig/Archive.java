package dev.gatehouse.conformance.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips of directories. */
public final class Archive {
  /** Sizes of the last record, and of an entry of the directory before it. */
  private static final int END = 22;

  private static final int ENTRY = 46;

  private Archive() {}

  /** All files below a directory. */
  public static byte[] of(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : all) {
        zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }

  /** Files of these names with these texts. */
  public static byte[] of(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** One file with the mode of a program, which the JDK cannot write. */
  public static byte[] executable(String name, String text) throws IOException {
    byte[] zip = of(Map.of(name, text));
    int entry = zip.length - END - ENTRY - name.length();
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(entry + 5, (byte) 3); // made on Unix
    bytes.putInt(entry + 38, 0100755 << 16);
    return zip;
  }
}
