package dev.gatehouse.gateway.net;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * HTTP/1.1 of one client connection. Strict: a message that two parsers could read in two ways is
 * refused, since that is what request smuggling is made of.
 */
final class ServerCodec
    extends CombinedChannelDuplexHandler<ServerCodec.Decoder, ServerCodec.Encoder> {

  /** Bytes of the request line, and of all headers together (http-api.md 10.2 [C]). */
  static final int HEADER_LIMIT = 10_240;

  private static final int CHUNK_BYTES = 64 * 1024;

  ServerCodec() {
    super(new Decoder(), new Encoder());
  }

  /** The answers that follow have no body: the request was a HEAD. */
  void answersHead(boolean head) {
    outboundHandler().head = head;
  }

  /** The reading half. */
  static final class Decoder extends HttpRequestDecoder {
    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(HEADER_LIMIT)
              .setMaxHeaderSize(HEADER_LIMIT)
              .setMaxChunkSize(CHUNK_BYTES)
              .setAllowDuplicateContentLengths(false)
              .setStrictLineParsing(true)
              .setUseRfc9112TransferEncoding(true));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
      throw new IllegalArgumentException("both content-length and transfer-encoding");
    }
  }

  /** The writing half. */
  static final class Encoder extends HttpResponseEncoder {
    private boolean head;

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
      return (head && !response.status().equals(HttpResponseStatus.CONTINUE))
          || super.isContentAlwaysEmpty(response);
    }
  }
}
