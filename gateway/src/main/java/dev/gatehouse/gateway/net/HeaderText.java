package dev.gatehouse.gateway.net;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Header values that are not ASCII. On the wire they are bytes, here each byte is a character;
 * mostly they are meant as UTF-8, and so they are read and written.
 */
public final class HeaderText {
  private HeaderText() {}

  /** A value that came from the wire, as text. */
  public static String read(String value) {
    if (isAscii(value)) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      return value;
    }
  }

  /** All lines of a message as text. */
  public static List<Map.Entry<String, String>> lines(HttpHeaders headers) {
    List<Map.Entry<String, String>> lines = new ArrayList<>(headers.size());
    for (Map.Entry<String, String> line : headers) {
      String value = line.getValue();
      lines.add(Map.entry(line.getKey(), read(value)));
    }
    return lines;
  }

  /** A text as a value for the wire. */
  public static CharSequence write(String text) {
    return isAscii(text) ? text : new AsciiString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Other characters take more than a byte each; the JDK counts faster than a loop over them. */
  private static boolean isAscii(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length == text.length();
  }
}
