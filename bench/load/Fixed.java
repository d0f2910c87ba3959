import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A function that does as little as one can: it reads its event and gives a fixed answer. */
public final class Fixed implements RequestStreamHandler {
  private static final byte[] ANSWER =
      ("{\"statusCode\":200,\"body\":\"" + "0123456789".repeat(10) + "\"}")
          .getBytes(StandardCharsets.US_ASCII);

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.readAllBytes();
    out.write(ANSWER);
  }
}
