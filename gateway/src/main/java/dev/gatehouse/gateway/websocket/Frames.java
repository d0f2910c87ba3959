package dev.gatehouse.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;

/** Frames as bytes (RFC 6455, section 5.2), as a server sends them: without a mask. */
final class Frames {
  private static final int FIN = 0x80;
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PONG = 0xa;
  private static final int SHORT = 126;
  private static final int LONGEST_SHORT = 0xffff;
  private static final int MOST_HEADER = 10;
  private static final int LONGEST_REASON = 123;

  private Frames() {}

  /** A text message, in as many frames as it takes. */
  static ByteBuf text(ByteBufAllocator allocator, byte[] text, int frameBytes) {
    int frames = Math.max(1, (text.length + frameBytes - 1) / frameBytes);
    ByteBuf out = allocator.buffer(text.length + frames * MOST_HEADER);
    for (int frame = 0; frame < frames; frame++) {
      int from = frame * frameBytes;
      int length = Math.min(frameBytes, text.length - from);
      int opcode = frame == 0 ? TEXT : CONTINUATION;
      header(out, frame == frames - 1 ? FIN | opcode : opcode, length);
      out.writeBytes(text, from, length);
    }
    return out;
  }

  /** The answer to a ping. */
  static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
    ByteBuf out = allocator.buffer(payload.readableBytes() + 2);
    header(out, FIN | PONG, payload.readableBytes());
    return out.writeBytes(payload);
  }

  /** A close frame; {@link CloseReason#UNSET} says nothing, as it may not be sent. */
  static ByteBuf close(ByteBufAllocator allocator, CloseReason reason) {
    ByteBuf out = allocator.buffer(4 + LONGEST_REASON);
    if (reason.code() == CloseReason.UNSET.code()) {
      header(out, FIN | CLOSE, 0);
      return out;
    }
    byte[] text = reason.text().getBytes(StandardCharsets.UTF_8);
    boolean fits = text.length <= LONGEST_REASON;
    header(out, FIN | CLOSE, 2 + (fits ? text.length : 0));
    out.writeShort(reason.code());
    return fits ? out.writeBytes(text) : out;
  }

  private static void header(ByteBuf out, int first, int length) {
    out.writeByte(first);
    if (length < SHORT) {
      out.writeByte(length);
    } else if (length <= LONGEST_SHORT) {
      out.writeByte(SHORT).writeShort(length);
    } else {
      out.writeByte(SHORT + 1).writeLong(length);
    }
  }

  /** Reads what clients send: masked, without extensions; whoever breaks the rules is told so. */
  static WebSocket13FrameDecoder decoder(int frameBytes) {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .maxFramePayloadLength(frameBytes)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }
}
