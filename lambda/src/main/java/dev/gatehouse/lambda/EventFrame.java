package dev.gatehouse.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One message of {@code application/vnd.amazon.eventstream} [C]: lengths, their checksum, headers,
 * payload, and the checksum of it all.
 */
final class EventFrame {
  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;
  private static final byte TEXT = 7;

  private EventFrame() {}

  /** An event of that type, in bytes. */
  static byte[] of(String event, String contentType, byte[] payload) {
    byte[] headers = headers(event, contentType);
    ByteBuffer frame = ByteBuffer.allocate(PRELUDE + headers.length + payload.length + CHECKSUM);
    frame.putInt(frame.capacity()).putInt(headers.length);
    frame.putInt(checksum(frame.array(), frame.position()));
    frame.put(headers).put(payload);
    frame.putInt(checksum(frame.array(), frame.position()));
    return frame.array();
  }

  private static byte[] headers(String event, String contentType) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream(96);
    header(headers, ":event-type", event);
    header(headers, ":content-type", contentType);
    header(headers, ":message-type", "event");
    return headers.toByteArray();
  }

  private static void header(ByteArrayOutputStream headers, String name, String value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    headers.write(key.length);
    headers.writeBytes(key);
    headers.write(TEXT);
    headers.write(text.length >> 8);
    headers.write(text.length);
    headers.writeBytes(text);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
