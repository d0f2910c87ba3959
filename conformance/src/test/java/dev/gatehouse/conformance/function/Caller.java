package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Reads the URL that its event is, a JSON string, and returns what is there as a JSON string. */
public final class Caller implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String url = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\"", "");
    try (InputStream answer = URI.create(url).toURL().openStream()) {
      String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      out.write(("\"" + text.replace("\"", "'") + "\"").getBytes(StandardCharsets.UTF_8));
    }
  }
}
