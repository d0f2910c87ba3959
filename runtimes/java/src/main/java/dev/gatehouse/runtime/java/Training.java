package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Does once, against itself, what every process does at its start, so that the JVM can write down
 * the classes that takes ({@code -XX:AOTCacheOutput}) and later starts are short.
 */
public final class Training {
  private static final String EVENT =
      "{\"version\":\"2.0\",\"headers\":{\"a\":\"b\"},\"n\":[1,2.5,true,null,\"\\u00e9\"]}";

  private Training() {}

  /** Ends by itself; the JVM then writes its cache. */
  public static void main(String[] arguments) throws Throwable {
    ClassLoader loader = Training.class.getClassLoader();
    Handlers handlers = new Handlers(loader, new Serializers(loader));
    run(handlers.load(Sample.class.getName()));
    run(handlers.load(Sample.class.getName() + "::text"));
    Fault.of(new IllegalStateException("none", new IOException("none"))).json();
    talk();
  }

  private static void run(Handler handler) throws Throwable {
    Environment environment = new Environment(Map.of());
    Event event = new Event("", 0, "", "", "", new byte[0]);
    byte[] input = EVENT.getBytes(StandardCharsets.UTF_8);
    handler.handle(
        new ByteArrayInputStream(input),
        new ByteArrayOutputStream(),
        new EventContext(event, environment));
  }

  /** One event and its answer over a real socket. */
  private static void talk() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RuntimeClient client =
          RuntimeClient.to(server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: 1"
                    + "\r\nLambda-Runtime-Invoked-Function-Arn: a\r\nContent-Length: 2\r\n\r\n{}"
                    + "HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        Event event = client.next();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(event.payload());
        client.respond(event.requestId(), answer);
      }
    }
  }

  /** A handler of each kind. */
  public static final class Sample
      implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
      Map<String, Object> answer = new LinkedHashMap<>(input);
      answer.put("function", context.getFunctionName());
      return answer;
    }

    /** Streams by the name of a method. */
    public void text(InputStream in, OutputStream out) throws IOException {
      in.transferTo(out);
    }
  }
}
