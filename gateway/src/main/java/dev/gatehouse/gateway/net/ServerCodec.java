package dev.gatehouse.gateway.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;

/**
 * HTTP/1.1 of one client connection. Strict: a message that two parsers could read in two ways is
 * refused, since that is what request smuggling is made of.
 */
final class ServerCodec implements Framing {

  /** Bytes of the request line and all headers' values together (http-api.md 10.2 [C]). */
  static final int HEAD_LIMIT = 10_240;

  /** The same with the headers' names, as far as the decoder goes. */
  private static final int HEADERS_LIMIT = 16 * 1024;

  /** Two spaces and {@code HTTP/1.1}. */
  private static final int AROUND_URI = 10;

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Decoder decoder;
  private final Encoder encoder;

  ServerCodec(Worker worker) {
    this.decoder = new Decoder(worker.headerNames());
    this.encoder = new Encoder(worker.headBytes());
  }

  /** Two handlers rather than one, so that what one of them has no part in passes it by. */
  @Override
  public void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(decoder, encoder);
  }

  @Override
  public void removeFrom(ChannelPipeline pipeline) {
    pipeline.remove(encoder);
    pipeline.remove(decoder);
  }

  @Override
  public void answersHead(boolean head) {
    encoder.head = head;
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

  /**
   * Whether the body is encoded in a way of which only the chunks would be undone, and which not
   * every backend knows to be chunks.
   */
  static boolean encoded(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && (!HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                headers.get(HttpHeaderNames.TRANSFER_ENCODING))
            || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1);
  }

  /** The reading half. */
  static final class Decoder extends HttpRequestDecoder {
    private final HeaderNames names;
    private int wordEnd;

    Decoder(HeaderNames names) {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(HEAD_LIMIT)
              .setMaxHeaderSize(HEADERS_LIMIT)
              .setMaxChunkSize(CHUNK_BYTES)
              .setAllowDuplicateContentLengths(false)
              .setStrictLineParsing(true)
              .setUseRfc9112TransferEncoding(true));
      this.names = names;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
      AsciiString known = names.known(bytes, start, length);
      return known == null ? names.keep(super.splitHeaderName(bytes, start, length)) : known;
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
      wordEnd = start + length;
      return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
      nextWord(line, start, length);
      return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
      nextWord(line, start, length);
      String version = super.splitThirdWordInitialLine(line, start, length);
      if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
        throw new IllegalArgumentException("another version than 1.1 and 1.0");
      }
      return version;
    }

    /** One space and nothing else stands between the words of a request line (RFC 9112, 3). */
    private void nextWord(byte[] line, int start, int length) {
      if (start != wordEnd + 1 || line[wordEnd] != ' ') {
        throw new IllegalArgumentException("more than a space between words");
      }
      wordEnd = start + length;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
      throw new IllegalArgumentException("both content-length and transfer-encoding");
    }
  }

  /** The writing half. */
  static final class Encoder extends HttpResponseEncoder {
    private final OneBuffer messages;
    private boolean head;

    Encoder(HeadBytes bytes) {
      this.messages = new OneBuffer(bytes, Encoder::statusLine);
    }

    private static void statusLine(HttpMessage response, HeadBytes to) {
      HttpResponseStatus status = ((HttpResponse) response).status();
      to.add(response.protocolVersion().text()).add(' ');
      to.add(status.codeAsText()).add(' ').add(status.reasonPhrase()).endLine();
    }

    /** Chunks, and answers that have no body whatever they say, are Netty's to write. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof HttpResponse response) {
        if (!isContentAlwaysEmpty(response) && !HttpUtil.isTransferEncodingChunked(response)) {
          messages.begin(context, response, promise);
          return;
        }
      } else if (messages.isOpen() && message instanceof HttpContent part) {
        messages.part(context, part, promise);
        return;
      }
      messages.flush(context);
      super.write(context, message, promise);
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

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
      return (head && !response.status().equals(HttpResponseStatus.CONTINUE))
          || super.isContentAlwaysEmpty(response);
    }
  }
}
