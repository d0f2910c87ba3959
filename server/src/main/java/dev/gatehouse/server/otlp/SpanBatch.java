package dev.gatehouse.server.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Spans that wait to be sent, one behind the other, as protobuf has them in OTLP's {@code
 * ScopeSpans}. Written by one thread at a time, used again once it is sent.
 */
final class SpanBatch {
  /** Some 700 requests of one integration each. */
  static final int BYTES = 256 * 1024;

  /** A length is seldom known before what is measured; so many bytes are kept free for it. */
  private static final int LENGTH_BYTES = 3;

  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int length;
  private int spans;

  SpanBatch(int size) {
    this.bytes = new byte[size];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** How many spans there are in it. */
  int spans() {
    return spans;
  }

  int room() {
    return bytes.length - length;
  }

  /** Makes room for others. */
  void clear() {
    length = 0;
    spans = 0;
  }

  /** Begins a message in a field; what is written until {@link #end} is its content. */
  int begin(int field) {
    tag(field, LENGTH);
    length += LENGTH_BYTES;
    return length;
  }

  /** Ends the message that {@link #begin} said begins there. */
  void end(int start) {
    int size = length - start;
    length = start - LENGTH_BYTES;
    number(size);
    if (length != start) {
      System.arraycopy(bytes, start, bytes, length, size);
    }
    length += size;
  }

  /** Counts what was written since the last one. */
  void another() {
    spans++;
  }

  /** A number of eight bytes. */
  SpanBatch fixed(int field, long value) {
    tag(field, FIXED_64);
    LITTLE.set(bytes, length, value);
    length += 8;
    return this;
  }

  /** A number of four bytes. */
  SpanBatch fixed32(int field, int value) {
    tag(field, FIXED_32);
    LITTLE_32.set(bytes, length, value);
    length += 4;
    return this;
  }

  /** A small number. */
  SpanBatch number(int field, int value) {
    tag(field, 0);
    number(value);
    return this;
  }

  /** Eight bytes of an id. */
  SpanBatch id(int field, long value) {
    tag(field, LENGTH);
    number(8);
    return big(value);
  }

  /** Sixteen bytes of an id. */
  SpanBatch id(int field, long high, long low) {
    tag(field, LENGTH);
    number(16);
    return big(high).big(low);
  }

  private SpanBatch big(long value) {
    BIG.set(bytes, length, value);
    length += 8;
    return this;
  }

  /** Bytes, or text in UTF-8. */
  SpanBatch bytes(int field, byte[] value) {
    tag(field, LENGTH);
    number(value.length);
    return raw(value);
  }

  /** What is encoded already. */
  SpanBatch raw(byte[] encoded) {
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  /** The beginning of a field of that many bytes. */
  SpanBatch head(int field, int size) {
    tag(field, LENGTH);
    number(size);
    return this;
  }

  private void tag(int field, int type) {
    number(field << 3 | type);
  }

  private void number(int value) {
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** How many bytes a field takes whose content has that many. */
  static int sizeOf(int field, int size) {
    return sizeOf(field << 3) + sizeOf(size) + size;
  }

  private static int sizeOf(int number) {
    return 1 + (31 - Integer.numberOfLeadingZeros(number | 1)) / 7;
  }
}
