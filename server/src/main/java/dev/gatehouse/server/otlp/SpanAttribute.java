package dev.gatehouse.server.otlp;

import java.nio.charset.StandardCharsets;

/** An attribute of spans: a {@code KeyValue} of OTLP whose key is encoded beforehand. */
final class SpanAttribute {
  /** {@code Span.attributes}. */
  private static final int OF_A_SPAN = 9;

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int TEXT = 1;
  private static final int NUMBER = 3;

  private final byte[] key;

  SpanAttribute(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    SpanBatch field = new SpanBatch(SpanBatch.sizeOf(KEY, utf8.length)).bytes(KEY, utf8);
    this.key = field.bytes();
  }

  /** Writes it into a span. */
  void write(SpanBatch to, String value) {
    write(to, OF_A_SPAN, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes it into a message that has its attributes in that field. */
  void write(SpanBatch to, int field, byte[] utf8) {
    int any = SpanBatch.sizeOf(TEXT, utf8.length);
    to.head(field, key.length + SpanBatch.sizeOf(VALUE, any)).raw(key);
    to.head(VALUE, any).bytes(TEXT, utf8);
  }

  /** Writes it into a span, with a number from 128 to 16,383, such as a status. */
  void write(SpanBatch to, int number) {
    int start = to.begin(OF_A_SPAN);
    to.raw(key);
    int value = to.begin(VALUE);
    to.number(NUMBER, number);
    to.end(value);
    to.end(start);
  }
}
