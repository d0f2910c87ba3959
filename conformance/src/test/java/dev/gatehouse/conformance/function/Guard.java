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
 * An authorizer that answers what the header {@code x-answer} holds as base64url; without it, it
 * lets everyone in and tells its event in the context.
 */
public final class Guard implements RequestStreamHandler {
  private static final Pattern ANSWER = Pattern.compile("\"x-answer\":\"([^\"]*)\"");

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    Matcher answer = ANSWER.matcher(event);
    byte[] bytes =
        answer.find()
            ? Base64.getUrlDecoder().decode(answer.group(1))
            : ("{\"isAuthorized\":true,\"context\":{\"event\":" + event + "}}")
                .getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
  }
}
