package dev.gatehouse.objects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} as web pages send it, up to the file, and then the file as it
 * comes. Used by one thread.
 */
final class FormReader {
  /** S3's for all that stands before the file [C]. */
  private static final int MOST_FIELDS = 20 * 1024;

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)multipart/form-data\\s*;.*?boundary=\"?([^\";\\s]{1,70})\"?.*");
  private static final Pattern PARAMETER = Pattern.compile("(?i);\\s*(name|filename)=\"([^\"]*)\"");

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;
  private int before;

  /** The body is no form. */
  static final class Malformed extends IOException {
    Malformed() {
      super("no form");
    }
  }

  /** The fields take more than they may. */
  static final class TooLong extends IOException {
    TooLong() {
      super("too long");
    }
  }

  /**
   * What stands before the file.
   *
   * @param fields by their names in lower case
   * @param filename as the page gave it, without folders
   * @param type of the file; empty where the page did not say
   */
  record Fields(Map<String, String> fields, String filename, String type) {
    Fields {
      fields = Map.copyOf(fields);
    }
  }

  FormReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  static Optional<String> boundary(String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Reads up to the first byte of the file; empty where there is none. */
  Optional<Fields> fields() throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    copy(OutputStream.nullOutputStream(), MOST_FIELDS, 2); // nothing stands before the first one
    while (startsPart()) {
      Map<String, String> headers = headers();
      String disposition = headers.getOrDefault("content-disposition", "");
      Map<String, String> named = new LinkedHashMap<>();
      Matcher parameter = PARAMETER.matcher(disposition);
      while (parameter.find()) {
        named.put(parameter.group(1).toLowerCase(Locale.ROOT), parameter.group(2));
      }
      String name = named.getOrDefault("name", "").toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw new Malformed();
      }
      if (name.equals("file")) {
        String file = named.getOrDefault("filename", "");
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return Optional.of(new Fields(fields, base, headers.getOrDefault("content-type", "")));
      }
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      copy(value, MOST_FIELDS, 0);
      if (fields.put(name, value.toString(StandardCharsets.UTF_8)) != null) {
        throw new Malformed(); // which of the two counts must not be a matter of taste
      }
    }
    return Optional.empty();
  }

  /**
   * Copies the file.
   *
   * @throws TooLong where it has more than {@code most} bytes
   */
  void file(OutputStream out, long most) throws IOException {
    copy(out, most, 0);
  }

  /** After a delimiter: whether a part follows, or this is the end. */
  private boolean startsPart() throws IOException {
    int first = next();
    int second = next();
    if (first == '-' && second == '-') {
      return false;
    }
    if (first != '\r' || second != '\n') {
      throw new Malformed();
    }
    return true;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new Malformed();
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = 0;
    for (int b = next(); b != '\n' || last != '\r'; b = next()) {
      line.write(b);
      last = b;
      counted(1);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.substring(0, text.length() - 1);
  }

  /**
   * Copies up to the delimiter, which has one carriage return only, at its beginning.
   *
   * @param known how much of the delimiter counts as read
   */
  private void copy(OutputStream out, long most, int known) throws IOException {
    int matched = known;
    long copied = 0;
    while (matched < delimiter.length) {
      int b = next();
      if (b == delimiter[matched]) {
        matched++;
        continue;
      }
      out.write(delimiter, 0, matched);
      copied += matched;
      matched = b == delimiter[0] ? 1 : 0;
      if (matched == 0) {
        out.write(b);
        copied++;
      }
      if (copied > most) {
        throw new TooLong();
      }
    }
    if (most == MOST_FIELDS) {
      counted((int) copied);
    }
  }

  private void counted(int bytes) throws TooLong {
    before += bytes;
    if (before > MOST_FIELDS) {
      throw new TooLong();
    }
  }

  private int next() throws IOException {
    if (at == end) {
      at = 0;
      end = in.read(buffer, 0, buffer.length);
      if (end < 0) {
        end = 0;
        throw new Malformed();
      }
    }
    return buffer[at++] & 0xff;
  }
}
