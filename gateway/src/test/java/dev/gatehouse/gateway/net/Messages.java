package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages at random, and what an encoder makes of them. */
public final class Messages {
  private static final int[] SIZES = {0, 1, 100, 2_048, 2_049, 9_000};

  private final Random random;

  public Messages(long seed) {
    this.random = new Random(seed);
  }

  /** Bytes that an encoder writes; the writes are flushed at random. */
  public static String written(EmbeddedChannel channel, List<Object> messages, Random flushes) {
    for (Object message : messages) {
      channel.write(message);
      if (flushes.nextBoolean()) {
        channel.flush();
      }
    }
    channel.flush();
    StringBuilder bytes = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      bytes.append(out.toString(StandardCharsets.ISO_8859_1));
      ReferenceCountUtil.release(out);
    }
    channel.finishAndReleaseAll();
    return bytes.toString();
  }

  /** Headers of any kind, and a body's length or chunks where the message has one. */
  public void fill(HttpHeaders headers, int body, boolean chunked) {
    for (int i = random.nextInt(6); i > 0; i--) {
      headers.add("X-" + text(1 + random.nextInt(9)), text(random.nextInt(40)) + "\u00e4");
    }
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    } else if (body >= 0) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body);
    }
  }

  /** Lengths of the parts of a body. */
  public List<Integer> parts() {
    List<Integer> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(SIZES[random.nextInt(SIZES.length)]);
    }
    return parts;
  }

  /** The parts of a body; alike for the same lengths. */
  public static List<Object> body(List<Integer> parts, boolean dataInLast) {
    List<Object> messages = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ByteBuf bytes = Unpooled.copiedBuffer("b".repeat(parts.get(i)), StandardCharsets.US_ASCII);
      boolean last = dataInLast && i == parts.size() - 1;
      messages.add(last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes));
    }
    if (!dataInLast || parts.isEmpty()) {
      messages.add(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    return messages;
  }

  /** Letters. */
  public String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  public Random random() {
    return random;
  }
}
