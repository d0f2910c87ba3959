package dev.gatehouse.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.net.HeadBytes;
import dev.gatehouse.gateway.net.Messages;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientCodecTest {
  private static final String[] TARGETS = {
    "/", "/a/b?c=d", "/\u00e4?\u20ac", "", "?x", "*", "/%20"
  };
  private static final int ROUNDS = 2_000;

  private static EmbeddedChannel channel() {
    return new EmbeddedChannel(new ClientCodec.Encoder(new HeadBytes()));
  }

  @Test
  void writesWhatNettyWrites() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      String ours = Messages.written(channel(), requests(seed), new Random(seed));
      String theirs =
          Messages.written(
              new EmbeddedChannel(new HttpRequestEncoder()), requests(seed), new Random(-seed));
      assertThat(ours).as("seed %d", seed).isEqualTo(theirs);
    }
  }

  private static List<Object> requests(int seed) {
    Messages some = new Messages(seed);
    List<Object> messages = new ArrayList<>();
    for (int i = some.random().nextInt(4); i >= 0; i--) {
      List<Integer> parts = some.parts();
      int body = parts.stream().mapToInt(Integer::intValue).sum();
      HttpMethod method = some.random().nextBoolean() ? HttpMethod.POST : new HttpMethod("PURGE");
      HttpRequest request =
          new DefaultHttpRequest(
              HttpVersion.HTTP_1_1, method, TARGETS[some.random().nextInt(TARGETS.length)]);
      some.fill(request.headers(), body == 0 ? -1 : body, some.random().nextInt(3) == 0);
      messages.add(request);
      messages.addAll(Messages.body(parts, some.random().nextBoolean()));
    }
    return messages;
  }

  @Test
  void aRequestWithoutABodyIsOneBuffer() {
    EmbeddedChannel channel = channel();
    channel.write(
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"), channel.voidPromise());
    channel.write(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
    channel.flush();
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(channel.finishAndReleaseAll()).isTrue();
  }
}
