package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers the payload that the query parameter {@code answer} holds as base64url; without it, an
 * answer of payload 1.0 whose body is the event.
 */
public final class Wrapper implements RequestStreamHandler {
  private static final Pattern ANSWER = Pattern.compile("\"answer\":\"([^\"]*)\"");

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] event = in.readAllBytes();
    Matcher answer = ANSWER.matcher(new String(event, StandardCharsets.UTF_8));
    if (answer.find()) {
      out.write(Base64.getUrlDecoder().decode(answer.group(1)));
      return;
    }
    String body = Base64.getEncoder().encodeToString(event);
    String json = "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"" + body + "\"}";
    out.write(json.getBytes(StandardCharsets.UTF_8));
  }
}
