package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what the query of its event says: {@code answer=} base64url of the raw payload, {@code
 * throw=}, {@code exit=}, or {@code sleep=} milliseconds and then {@code awake}; without any, it
 * returns the event as it came.
 */
public final class Probe implements RequestStreamHandler {
  private static final Pattern ORDER =
      Pattern.compile("\"rawQueryString\":\"(answer|throw|exit|sleep)=([^\"]*)\"");

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] event = in.readAllBytes();
    Matcher order = ORDER.matcher(new String(event, StandardCharsets.UTF_8));
    if (!order.find()) {
      out.write(event);
      return;
    }
    String value = order.group(2);
    switch (order.group(1)) {
      case "answer" -> out.write(Base64.getUrlDecoder().decode(value));
      case "throw" -> throw new IllegalStateException(value);
      case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(value));
      default -> sleep(Long.parseLong(value), out);
    }
  }

  private static void sleep(long millis, OutputStream out) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    out.write("\"awake\"".getBytes(StandardCharsets.UTF_8));
  }
}
