package dev.gatehouse.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerCodecTest {
  private static final int[] STATUSES = {200, 204, 205, 299, 304, 404, 500};
  private static final int ROUNDS = 2_000;

  private static EmbeddedChannel channel() {
    return new EmbeddedChannel(new ServerCodec.Encoder(new HeadBytes()));
  }

  @Test
  void writesWhatNettyWrites() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      String ours = Messages.written(channel(), answers(seed), new Random(seed));
      String theirs =
          Messages.written(
              new EmbeddedChannel(new HttpResponseEncoder()), answers(seed), new Random(-seed));
      assertThat(ours).as("seed %d", seed).isEqualTo(theirs);
    }
  }

  private static List<Object> answers(int seed) {
    Messages some = new Messages(seed);
    List<Object> messages = new ArrayList<>();
    for (int i = some.random().nextInt(4); i >= 0; i--) {
      int code = STATUSES[some.random().nextInt(STATUSES.length)];
      HttpResponseStatus status =
          some.random().nextBoolean()
              ? HttpResponseStatus.valueOf(code)
              : new HttpResponseStatus(code, some.text(5));
      boolean bodiless = code == 204 || code == 205 || code == 304;
      List<Integer> parts = bodiless ? List.of() : some.parts();
      int body = parts.stream().mapToInt(Integer::intValue).sum();
      boolean whole = some.random().nextBoolean() && parts.size() < 2;
      HttpResponse response =
          whole
              ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes(body))
              : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
      some.fill(response.headers(), body, !bodiless && !whole && some.random().nextBoolean());
      messages.add(response);
      if (!whole) {
        messages.addAll(Messages.body(parts, some.random().nextBoolean()));
      }
    }
    return messages;
  }

  private static ByteBuf bytes(int count) {
    return Unpooled.copiedBuffer("w".repeat(count), StandardCharsets.US_ASCII);
  }

  @Test
  void aShortBodyGoesOutWithItsHeadInOneBuffer() {
    EmbeddedChannel channel = channel();
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set("content-length", 3);
    channel.write(response, channel.voidPromise());
    Messages.body(List.of(3), true).forEach(part -> channel.write(part, channel.voidPromise()));
    channel.flush();
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(channel.finishAndReleaseAll()).isTrue();
  }

  @Test
  void aHeadGoesOutWhenItsBodyIsNotThereYet() {
    EmbeddedChannel channel = channel();
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    channel.write(response, channel.voidPromise());
    assertThat(channel.outboundMessages()).isEmpty();
    channel.flush();
    assertThat(channel.outboundMessages()).hasSize(1);
    channel.write(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
    assertThat(channel.finishAndReleaseAll()).isTrue();
  }

  @Test
  void aHeadIsNotLostWhenHttpIsLeft() {
    EmbeddedChannel channel = channel();
    channel.write(
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS),
        channel.voidPromise());
    channel.pipeline().remove(ServerCodec.Encoder.class);
    channel.flush();
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(channel.finishAndReleaseAll()).isTrue();
  }

  @Test
  void charactersThatAreNoBytesCannotBreakALine() {
    EmbeddedChannel channel = channel();
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set("x-odd", "a\u010ab\u010dc");
    assertThat(
            Messages.written(
                channel, List.of(response, LastHttpContent.EMPTY_LAST_CONTENT), new Random(0)))
        .isEqualTo("HTTP/1.1 200 OK\r\nx-odd: a?b?c\r\n\r\n");
  }
}
