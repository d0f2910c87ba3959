package dev.gatehouse.server.otlp;

import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Batches as OTLP's {@code ExportTraceServiceRequest}. */
final class SpanRequest implements MessageWriter {
  private final byte[] head;
  private final List<SpanBatch> batches;

  /**
   * @param head all of it up to the first span
   */
  SpanRequest(byte[] head, List<SpanBatch> batches) {
    this.head = head;
    this.batches = batches;
  }

  @Override
  public void writeMessage(OutputStream out) throws IOException {
    out.write(head);
    for (SpanBatch batch : batches) {
      out.write(batch.bytes(), 0, batch.length());
    }
  }

  @Override
  public int getContentLength() {
    return head.length + batches.stream().mapToInt(SpanBatch::length).sum();
  }
}
