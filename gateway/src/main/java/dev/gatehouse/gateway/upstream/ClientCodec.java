package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.net.HeadBytes;
import dev.gatehouse.gateway.net.HeaderNames;
import dev.gatehouse.gateway.net.OneBuffer;
import dev.gatehouse.gateway.net.Worker;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/**
 * HTTP/1.1 of one connection to a backend. Unlike Netty's own, it tells whether bytes are left
 * after an answer, and takes none while nothing was asked: such bytes would begin the next answer.
 */
final class ClientCodec {
  private static final int HEADER_BYTES = 64 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final char DELETE = 0x7f;

  private final Decoder decoder;
  private final Encoder encoder;

  ClientCodec(Worker worker) {
    this.decoder = new Decoder(worker.headerNames());
    this.encoder = new Encoder(worker.headBytes());
  }

  /** Two handlers rather than one, so that what one of them has no part in passes it by. */
  void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(decoder, encoder);
  }

  /** What was read too far goes to the handlers behind. */
  void removeFrom(ChannelPipeline pipeline) {
    pipeline.remove(encoder);
    pipeline.remove(decoder);
  }

  /** A request is sent. */
  void asks(boolean head) {
    decoder.head = head;
    decoder.asked = true;
  }

  /** The request was answered. */
  void answered() {
    decoder.asked = false;
  }

  /** Whether the backend has sent more than it was asked for. */
  boolean hasMore() {
    return decoder.hasMore();
  }

  /** The reading half. */
  @SuppressWarnings("FutureReturnValueIgnored") // it only closes
  static final class Decoder extends HttpResponseDecoder {
    private boolean head;
    private boolean asked;
    private final HeaderNames names;

    Decoder(HeaderNames names) {
      super(
          new HttpDecoderConfig()
              .setMaxHeaderSize(HEADER_BYTES)
              .setMaxChunkSize(CHUNK_BYTES)
              .setAllowDuplicateContentLengths(false));
      this.names = names;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
      AsciiString known = names.known(bytes, start, length);
      return known == null ? names.keep(super.splitHeaderName(bytes, start, length)) : known;
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

  /** The writing half. */
  static final class Encoder extends HttpRequestEncoder {
    private final OneBuffer messages;

    Encoder(HeadBytes bytes) {
      this.messages = new OneBuffer(bytes, Encoder::requestLine);
    }

    private static void requestLine(HttpMessage message, HeadBytes to) {
      HttpRequest request = (HttpRequest) message;
      to.add(request.method().asciiName()).add(' ').add(request.uri()).add(' ');
      to.add(request.protocolVersion().text()).endLine();
    }

    /** Chunks are Netty's to write, and so are request lines that need care. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof HttpRequest request) {
        if (isPlain(request.uri()) && !HttpUtil.isTransferEncodingChunked(request)) {
          messages.begin(context, request, promise);
          return;
        }
      } else if (messages.isOpen() && message instanceof HttpContent part) {
        messages.part(context, part, promise);
        return;
      }
      messages.flush(context);
      super.write(context, message, promise);
    }

    /** A path of visible ASCII. */
    private static boolean isPlain(String uri) {
      for (int i = 0; i < uri.length(); i++) {
        char c = uri.charAt(i);
        if (c <= ' ' || c >= DELETE) {
          return false;
        }
      }
      return uri.startsWith("/");
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      messages.flush(context);
      context.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      if (context.channel().isActive()) {
        messages.flush(context);
      }
    }
  }
}
