package dev.gatehouse.gateway.http2;

import dev.gatehouse.gateway.net.Framing;
import dev.gatehouse.gateway.net.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseNotifier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on a stream, as messages of HTTP/1.1. A request for a WebSocket (RFC
 * 8441) looks like an upgrade, its 101 goes out as 200, and from then on the stream is bytes.
 *
 * <p>Data plane: runs on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class StreamFraming extends ChannelDuplexHandler implements Framing {
  private final Worker worker;
  private boolean begun;
  private boolean ended;
  private boolean bytes;
  private boolean head;
  private @Nullable ChannelFuture answered;

  StreamFraming(Worker worker) {
    this.worker = worker;
  }

  @Override
  public void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(this);
  }

  @Override
  public void removeFrom(ChannelPipeline pipeline) {
    pipeline.remove(this);
  }

  @Override
  public void answersHead(boolean answersHead) {
    head = answersHead;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ended |= endsStream(message);
    switch (message) {
      case Http2HeadersFrame frame when !begun -> begin(context, frame);
      case Http2HeadersFrame trailers when trailers.isEndStream() && !bytes ->
          context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
      case Http2DataFrame data when begun && !bytes ->
          context.fireChannelRead(
              data.isEndStream()
                  ? new DefaultLastHttpContent(data.content())
                  : new DefaultHttpContent(data.content()));
      case Http2HeadersFrame misplaced -> reset(context);
      case Http2DataFrame early -> {
        early.release(); // before the stream was agreed to be a WebSocket
        reset(context);
      }
      default -> ReferenceCountUtil.release(message);
    }
  }

  private static boolean endsStream(Object frame) {
    return (frame instanceof Http2DataFrame data && data.isEndStream())
        || (frame instanceof Http2HeadersFrame headers && headers.isEndStream());
  }

  private void begin(ChannelHandlerContext context, Http2HeadersFrame frame) {
    begun = true;
    if (StreamRequest.asksForUnknown(frame.headers())) {
      bytes = true;
      Http2Headers none = new DefaultHttp2Headers();
      answered(context, writeHead(context, HttpResponseStatus.NOT_IMPLEMENTED, none, true));
      context.flush();
      return;
    }
    HttpRequest request = StreamRequest.of(frame.headers(), frame.isEndStream(), worker);
    if (request == null) {
      reset(context);
      return;
    }
    bytes = StreamRequest.asksForBytes(frame.headers());
    context.fireChannelRead(request);
    if (frame.isEndStream() || bytes) {
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  /** A client that has its whole answer need not send the rest (RFC 9113, section 8.1). */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (answered != null && !ended) {
      context.write(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
    context.close(promise);
  }

  private static void reset(ChannelHandlerContext context) {
    context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
    context.close();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    switch (message) {
      case HttpResponse response -> writeResponse(context, response, promise);
      case HttpContent content -> writeContent(context, content, promise);
      case ByteBuf nothing -> { // waits for what was written before to be out
        nothing.release();
        ChannelFuture before = answered == null ? context.newSucceededFuture() : answered;
        PromiseNotifier.cascade(before, promise.unvoid());
      }
      default -> context.write(message, promise);
    }
  }

  private void writeResponse(
      ChannelHandlerContext context, HttpResponse response, ChannelPromise promise) {
    HttpResponseStatus status = response.status();
    Http2Headers headers = StreamAnswer.headers(response);
    if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      ReferenceCountUtil.release(response);
      writeHead(context, HttpResponseStatus.OK, headers, false);
      context.pipeline().addBefore(context.name(), null, new StreamBytes());
    } else if (status.codeClass() == HttpStatusClass.INFORMATIONAL) {
      ReferenceCountUtil.release(response);
      writeHead(context, status, headers, false);
    } else if (response instanceof LastHttpContent whole) {
      boolean empty = head || !whole.content().isReadable();
      ChannelFuture sent = writeHead(context, status, headers, empty);
      if (empty) {
        whole.release();
        answered(context, sent);
      } else {
        writeContent(context, whole, promise);
      }
    } else {
      writeHead(context, status, headers, false);
    }
  }

  /** Nothing follows on a stream that was to be bytes and is not. */
  private void answered(ChannelHandlerContext context, ChannelFuture sent) {
    answered = sent;
    if (bytes) {
      sent.addListener(out -> context.channel().close());
    }
  }

  private static ChannelFuture writeHead(
      ChannelHandlerContext context, HttpResponseStatus status, Http2Headers headers, boolean end) {
    headers.status(status.codeAsText());
    return context.write(new DefaultHttp2HeadersFrame(headers, end));
  }

  private void writeContent(
      ChannelHandlerContext context, HttpContent content, ChannelPromise promise) {
    boolean last = content instanceof LastHttpContent;
    ByteBuf part = content.content();
    if (head) {
      part.release();
      part = context.alloc().buffer(0);
    }
    if (last && answered == null) {
      answered(context, context.write(new DefaultHttp2DataFrame(part, true), promise.unvoid()));
    } else if (part.isReadable()) {
      context.write(new DefaultHttp2DataFrame(part), promise);
    } else {
      part.release();
      promise.trySuccess();
    }
  }
}
