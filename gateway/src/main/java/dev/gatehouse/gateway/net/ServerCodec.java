package dev.gatehouse.gateway.net;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * HTTP/1.1 of one client connection. Strict: a message that two parsers could read in two ways is
 * refused, since that is what request smuggling is made of.
 */
final class ServerCodec
    extends CombinedChannelDuplexHandler<ServerCodec.Decoder, ServerCodec.Encoder>
    implements Framing {

  /** Bytes of the request line and all headers' values together (http-api.md 10.2 [C]). */
  static final int HEAD_LIMIT = 10_240;

  /** The same with the headers' names, as far as the decoder goes. */
  private static final int HEADERS_LIMIT = 16 * 1024;

  /** Two spaces and {@code HTTP/1.1}. */
  private static final int AROUND_URI = 10;

  private static final int CHUNK_BYTES = 64 * 1024;

  ServerCodec() {
    super(new Decoder(), new Encoder());
  }

  @Override
  public void answersHead(boolean head) {
    outboundHandler().head = head;
  }

  /** Whether a request's line and its headers' values are more than AWS takes. */
  static boolean tooLarge(HttpRequest request) {
    int size = request.method().name().length() + request.uri().length() + AROUND_URI;
    var headers = request.headers().iteratorCharSequence();
    while (headers.hasNext()) {
      size += headers.next().getValue().length();
    }
    return size > HEAD_LIMIT;
  }

  /** The reading half. */
  static final class Decoder extends HttpRequestDecoder {
    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(HEAD_LIMIT)
              .setMaxHeaderSize(HEADERS_LIMIT)
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
