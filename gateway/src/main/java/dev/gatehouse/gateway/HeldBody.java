package dev.gatehouse.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayList;
import java.util.List;

/** A body that must be complete before it is used. */
final class HeldBody {
  private final List<ByteBuf> parts = new ArrayList<>();
  private int length;

  /** Takes a part and its reference. */
  void add(HttpContent content) {
    ByteBuf part = content.content();
    if (part.isReadable()) {
      parts.add(part);
      length += part.readableBytes();
    } else {
      content.release();
    }
  }

  int length() {
    return length;
  }

  /** The body; the parts are given back. */
  byte[] take() {
    byte[] bytes = new byte[length];
    int at = 0;
    for (ByteBuf part : parts) {
      int count = part.readableBytes();
      part.readBytes(bytes, at, count);
      at += count;
    }
    release();
    return bytes;
  }

  void release() {
    parts.forEach(ByteBuf::release);
    parts.clear();
  }
}
