package dev.gatehouse.gateway.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;

/**
 * HTTP/1.1 of one connection to a backend. Unlike Netty's own, it tells whether bytes are left
 * after an answer, and takes none while nothing was asked: such bytes would begin the next answer.
 */
final class ClientCodec
    extends CombinedChannelDuplexHandler<ClientCodec.Decoder, HttpRequestEncoder> {
  private static final int HEADER_BYTES = 64 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;

  ClientCodec() {
    super(new Decoder(), new HttpRequestEncoder());
  }

  /** A request is sent. */
  void asks(boolean head) {
    inboundHandler().head = head;
    inboundHandler().asked = true;
  }

  /** The request was answered. */
  void answered() {
    inboundHandler().asked = false;
  }

  /** Whether the backend has sent more than it was asked for. */
  boolean hasMore() {
    return inboundHandler().hasMore();
  }

  /** The reading half. */
  @SuppressWarnings("FutureReturnValueIgnored") // it only closes
  static final class Decoder extends HttpResponseDecoder {
    private boolean head;
    private boolean asked;

    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxHeaderSize(HEADER_BYTES)
              .setMaxChunkSize(CHUNK_BYTES)
              .setAllowDuplicateContentLengths(false));
    }

    boolean hasMore() {
      return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (asked) {
        super.channelRead(context, message);
      } else {
        ReferenceCountUtil.release(message);
        context.close();
      }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      boolean informational =
          ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
      return (head && !informational) || super.isContentAlwaysEmpty(message);
    }
  }
}
