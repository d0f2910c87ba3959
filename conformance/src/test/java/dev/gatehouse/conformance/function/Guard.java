package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An authorizer that does what a header says: {@code x-answer} holds its answer as base64url,
 * {@code x-throw} the text of what it throws, {@code x-sleep} milliseconds; without any, it lets
 * everyone in and tells its event and the invocation's id in the context.
 */
public final class Guard implements RequestStreamHandler {
  private static final Pattern ORDER =
      Pattern.compile("\"x-(answer|throw|sleep)\":\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    Matcher order = ORDER.matcher(event);
    String answer =
        "{\"isAuthorized\":true,\"context\":{\"event\":"
            + event
            + ",\"invocation\":\""
            + context.getAwsRequestId()
            + "\"}}";
    if (order.find()) {
      String value = order.group(2);
      switch (order.group(1).toLowerCase(Locale.ROOT)) {
        case "answer" -> {
          out.write(Base64.getUrlDecoder().decode(value));
          return;
        }
        case "throw" -> throw new IllegalStateException(value);
        default -> sleep(Long.parseLong(value));
      }
    }
    out.write(answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void sleep(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
