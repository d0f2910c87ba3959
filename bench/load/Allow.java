import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A Lambda authorizer that lets everyone in. */
public final class Allow implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.readAllBytes();
    out.write("{\"isAuthorized\":true,\"context\":{\"user\":\"u\"}}".getBytes(StandardCharsets.UTF_8));
  }
}
