package dev.gatehouse.server.otlp;

import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What every request with spans says of its sender, encoded beforehand. */
final class SpanSource {
  /** {@code ExportTraceServiceRequest.resource_spans}. */
  private static final int RESOURCE_SPANS = 1;

  private static final int RESOURCE = 1;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCOPE = 1;
  private static final int SCOPE_NAME = 1;
  private static final int MOST = 16 * 1024;

  private final byte[] resource;
  private final byte[] scope;

  SpanSource(Resource resource, String scope) {
    SpanBatch fields = new SpanBatch(MOST);
    int start = fields.begin(RESOURCE);
    resource
        .getAttributes()
        .forEach((key, value) ->
            new SpanAttribute(key.getKey())
                .write(
                    fields,
                    RESOURCE_ATTRIBUTES,
                    value.toString().getBytes(StandardCharsets.UTF_8)));
    fields.end(start);
    this.resource = written(fields);
    fields.clear();
    start = fields.begin(SCOPE);
    fields.bytes(SCOPE_NAME, scope.getBytes(StandardCharsets.UTF_8));
    fields.end(start);
    this.scope = written(fields);
  }

  /** Batches with all that goes before their spans. */
  SpanRequest request(List<SpanBatch> batches) {
    int spans = scope.length + batches.stream().mapToInt(SpanBatch::length).sum();
    int all = resource.length + SpanBatch.sizeOf(SCOPE_SPANS, spans);
    SpanBatch head = new SpanBatch(MOST);
    head.head(RESOURCE_SPANS, all).raw(resource).head(SCOPE_SPANS, spans).raw(scope);
    return new SpanRequest(written(head), batches);
  }

  private static byte[] written(SpanBatch fields) {
    return Arrays.copyOf(fields.bytes(), fields.length());
  }
}
