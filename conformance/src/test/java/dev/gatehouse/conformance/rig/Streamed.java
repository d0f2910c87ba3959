package dev.gatehouse.conformance.rig;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamCompleteEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;

/** What the AWS SDK makes of the events of one InvokeWithResponseStream. */
public record Streamed(
    InvokeWithResponseStreamResponse head,
    List<String> chunks,
    InvokeWithResponseStreamCompleteEvent end) {

  /** Invokes a function and waits for all events. */
  public static Streamed of(LambdaAsyncClient lambda, String function, String payload)
      throws Exception {
    List<InvokeWithResponseStreamResponse> heads = new ArrayList<>();
    List<String> chunks = new ArrayList<>();
    List<InvokeWithResponseStreamCompleteEvent> ends = new ArrayList<>();
    lambda
        .invokeWithResponseStream(
            r ->
                r.functionName(function)
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String(payload)),
            InvokeWithResponseStreamResponseHandler.builder()
                .onResponse(heads::add)
                .subscriber(
                    InvokeWithResponseStreamResponseHandler.Visitor.builder()
                        .onPayloadChunk(chunk ->
                            chunks.add(chunk.payload().asString(StandardCharsets.ISO_8859_1)))
                        .onInvokeComplete(ends::add)
                        .build())
                .build())
        .get(30, TimeUnit.SECONDS);
    return new Streamed(heads.getFirst(), chunks, ends.getFirst());
  }

  /** All chunks together. */
  public String text() {
    return String.join("", chunks);
  }

  /** The end of the function's log. */
  public String log() {
    return new String(Base64.getDecoder().decode(end.logResult()), StandardCharsets.UTF_8);
  }
}
