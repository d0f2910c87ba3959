package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what a message, or the query parameter {@code do}, says: {@code throw:MESSAGE}, {@code
 * null}, {@code sleep:MILLIS}, or {@code answer:BASE64URL} of the raw payload; else it answers 200
 * with the event as its body. Tells its event to the URL in the stage variable {@code report}.
 */
public final class Talker implements RequestStreamHandler {
  private static final Pattern ORDER =
      Pattern.compile("\"(?:body|do)\":\"(throw|null|sleep|answer):?([^\"]*)\"");
  private static final Pattern REPORT = Pattern.compile("\"report\":\"([^\"]*)\"");

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    Matcher report = REPORT.matcher(event);
    if (report.find()) {
      tell(report.group(1), event);
    }
    Matcher order = ORDER.matcher(event);
    String answer = order.find() ? follow(order.group(1), order.group(2)) : echo(event);
    out.write(answer.getBytes(StandardCharsets.UTF_8));
  }

  private static String follow(String order, String value) {
    switch (order) {
      case "throw":
        throw new IllegalStateException(value);
      case "null":
        return "null";
      case "answer":
        return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
      default:
        long end = System.nanoTime() + Long.parseLong(value) * 1_000_000;
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        return "{\"statusCode\":200}";
    }
  }

  private static String echo(String event) {
    String body = Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8));
    return "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"" + body + "\"}";
  }

  private static void tell(String url, String event) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
    connection.getResponseCode();
  }
}
