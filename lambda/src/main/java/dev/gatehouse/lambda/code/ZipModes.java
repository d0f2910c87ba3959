package dev.gatehouse.lambda.code;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The Unix modes of an archive's entries, which the JDK's reader does not show: they tell links
 * from files and programs from data. Entries packed on other systems have none.
 */
final class ZipModes {
  private static final int LINK = 0120000;
  private static final int TYPE = 0170000;
  private static final int OWNER_EXECUTE = 0100;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int UNIX = 3;

  private final Map<String, Integer> modes;

  private ZipModes(Map<String, Integer> modes) {
    this.modes = modes;
  }

  boolean link(String entry) {
    return (modes.getOrDefault(entry, 0) & TYPE) == LINK;
  }

  boolean executable(String entry) {
    return (modes.getOrDefault(entry, 0) & OWNER_EXECUTE) != 0;
  }

  /** Reads the central directory; an archive over 4 GB or 65,535 entries never gets here. */
  static ZipModes of(Path zip) throws IOException {
    try (FileChannel file = FileChannel.open(zip)) {
      int tailSize = (int) Math.min(file.size(), END_SIZE + MAX_COMMENT);
      ByteBuffer tail = read(file, file.size() - tailSize, tailSize);
      int end = tailSize - END_SIZE;
      while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
        end--;
      }
      if (end < 0) {
        throw new IOException("no central directory");
      }
      long size = Integer.toUnsignedLong(tail.getInt(end + 12));
      long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
      if (offset + size > file.size()) {
        throw new IOException("the central directory is not where it should be");
      }
      return new ZipModes(modes(read(file, offset, (int) size)));
    }
  }

  private static Map<String, Integer> modes(ByteBuffer directory) {
    Map<String, Integer> modes = new HashMap<>();
    int at = 0;
    while (at + ENTRY_SIZE <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE) {
      int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
      int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
      int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
      if (directory.get(at + 5) == UNIX && at + ENTRY_SIZE + nameLength <= directory.limit()) {
        byte[] name = new byte[nameLength];
        directory.get(at + ENTRY_SIZE, name);
        modes.put(new String(name, StandardCharsets.UTF_8), directory.getInt(at + 38) >>> 16);
      }
      at += ENTRY_SIZE + nameLength + extraLength + commentLength;
    }
    return modes;
  }

  private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }
}
