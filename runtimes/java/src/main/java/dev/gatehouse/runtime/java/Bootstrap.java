package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The main class of a function's process. */
public final class Bootstrap {
  private final RuntimeClient client;
  private final Environment environment;

  Bootstrap(RuntimeClient client, Environment environment) {
    this.client = client;
    this.environment = environment;
  }

  /** Serves invocations until the Runtime API goes away. */
  public static void main(String[] arguments) {
    OldLocalhostNames.install();
    Map<String, String> variables = System.getenv();
    Environment environment = new Environment(variables);
    RuntimeClient client = RuntimeClient.to(environment.required("AWS_LAMBDA_RUNTIME_API"));
    System.exit(new Bootstrap(client, environment).run());
  }

  /** The process's exit status: 1 after a failed start, 0 when there is nobody left to serve. */
  int run() {
    try {
      serve(load());
      return 0;
    } catch (LoadFailure e) {
      return reportLoadFailure(e.fault());
    } catch (IOException e) {
      // Gatehouse is gone or wants this process gone; there is nobody to tell.
      return 0;
    }
  }

  private Handler load() throws LoadFailure {
    Path root = Path.of(environment.required("LAMBDA_TASK_ROOT"));
    try {
      ClassLoader loader = TaskClasses.loader(root, Bootstrap.class.getClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      return new Handlers(loader, new Serializers(loader)).load(environment.required("_HANDLER"));
    } catch (LoadFailure e) {
      throw e;
    } catch (Throwable e) { // a static initialiser may throw anything, an Error too
      throw new LoadFailure(Fault.of(e));
    }
  }

  private void serve(Handler handler) throws IOException {
    while (true) {
      Event event = client.next();
      System.setProperty("com.amazonaws.xray.traceHeader", event.traceId());
      ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
      Fault fault = run(handler, event, answer);
      System.out.flush();
      if (fault == null) {
        client.respond(event.requestId(), answer);
      } else {
        client.fail(event.requestId(), fault);
        if (fault.fatal()) {
          throw new IOException("the handler left the process unusable");
        }
      }
    }
  }

  private @Nullable Fault run(Handler handler, Event event, ByteArrayOutputStream answer) {
    try {
      Context context = new EventContext(event, environment);
      handler.handle(new ByteArrayInputStream(event.payload()), answer, context);
      return null;
    } catch (Throwable e) { // whatever a handler throws is the invocation's outcome
      Fault fault = Fault.of(e);
      System.out.println(fault.logged());
      return fault;
    }
  }

  private int reportLoadFailure(Fault fault) {
    System.out.println(fault.logged());
    System.out.flush();
    try {
      client.failStart(fault);
    } catch (IOException e) {
      System.out.println("The failed start could not be reported: " + e.getMessage());
    }
    return 1;
  }
}
