package dev.gatehouse.example.presign;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/**
 * Answers {@code {"url": …}} to {@code GET /presign?mode=upload&file=KEY}, and to {@code POST
 * /presign} with the same two as a JSON object.
 *
 * <p>The event is a plain map, not {@code APIGatewayV2HTTPEvent}: two members of it are needed, and
 * the fewer classes, the faster a cold start.
 */
public final class PresignHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private final Presigner presigner;

  /** Made by the Lambda runtime once for each process; everything slow happens here. */
  public PresignHandler() {
    this(System.getenv());
  }

  PresignHandler(Map<String, String> environment) {
    presigner = Presigner.of(environment);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return switch (PresignRequest.read(event)) {
      case PresignRequest.Refused refused -> answer(400, Map.of("message", refused.reason()));
      case PresignRequest.Upload upload -> answer(200, Map.of("url", presigner.upload(upload)));
      case PresignRequest.Download download ->
          answer(200, Map.of("url", presigner.download(download)));
    };
  }

  private static Map<String, Object> answer(int status, Map<String, String> body) {
    return Map.of(
        "statusCode", status,
        "headers", Map.of("content-type", "application/json", "cache-control", "no-store"),
        "body", FlatJson.write(body));
  }
}
