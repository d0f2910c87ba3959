package dev.gatehouse.lambda.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the Lambda Runtime API, version 2018-06-01, over one process's session.
 *
 * @param version of the function that the process runs
 */
record RuntimeApi(RuntimeSession session, String version) implements RuntimeServer.Responder {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final String INVOCATION = BASE + "invocation/";

  @Override
  public RuntimeAnswer answer(RuntimeRequest request) throws InterruptedException {
    if (!request.path().startsWith(BASE)) {
      return unknown();
    }
    List<String> path = List.of(request.path().substring(BASE.length()).split("/", -1));
    if (request.method().equals("GET") && path.equals(List.of("invocation", "next"))) {
      return next();
    }
    if (!request.method().equals("POST")) {
      return unknown();
    }
    if (path.equals(List.of("init", "error"))) {
      return session.startFailed(request.body())
          ? RuntimeAnswer.accepted()
          : RuntimeAnswer.refused(403, "InvalidStateTransition", "The process has started already");
    }
    if (path.size() == 3 && path.getFirst().equals("invocation")) {
      return report(path.get(1), path.get(2), request);
    }
    return unknown();
  }

  /** A response that the runtime streams goes to whoever invoked the function and can take it. */
  @Override
  public @Nullable BodyTarget target(RuntimeRequest.Head head) throws InterruptedException {
    boolean streams =
        "streaming".equalsIgnoreCase(head.headers().get("lambda-runtime-function-response-mode"));
    if (!streams || !head.method().equals("POST") || !head.path().startsWith(INVOCATION)) {
      return null;
    }
    String[] path = head.path().substring(INVOCATION.length()).split("/", -1);
    AnswerSink sink = path.length == 2 && path[1].equals("response") ? session.sink(path[0]) : null;
    if (sink == null) {
      return null;
    }
    sink.begin(version, head.headers().getOrDefault("content-type", ""));
    return sink::write;
  }

  private RuntimeAnswer next() throws InterruptedException {
    return switch (session.next()) {
      case RuntimeSession.Next.Event event -> event(event.invocation());
      case RuntimeSession.Next.Busy() ->
          RuntimeAnswer.refused(403, "InvalidStateTransition", "Another request waits for events");
      case RuntimeSession.Next.Closed() ->
          RuntimeAnswer.refused(410, "Closed", "The process is to end");
    };
  }

  private static RuntimeAnswer event(Invocation invocation) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", "" + invocation.deadline().toEpochMilli());
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.put("Lambda-Runtime-Trace-Id", invocation.traceId());
    if (!invocation.clientContext().isEmpty()) {
      headers.put("Lambda-Runtime-Client-Context", invocation.clientContext());
    }
    return new RuntimeAnswer(200, headers, invocation.payload());
  }

  private RuntimeAnswer report(String requestId, String what, RuntimeRequest request)
      throws InterruptedException {
    Ending ending =
        switch (what) {
          case "response" -> StreamFault.of(request).orElse(new Ending.Returned(request.body()));
          case "error" -> new Ending.Reported(request.body());
          default -> null;
        };
    if (ending == null) {
      return unknown();
    }
    if (!session.ended(requestId, request.tooLarge() ? new Ending.TooLarge() : ending)) {
      return RuntimeAnswer.refused(400, "InvalidRequestID", "Invalid request ID");
    }
    return request.tooLarge()
        ? RuntimeAnswer.refused(
            413,
            "RequestEntityTooLarge",
            "Exceeded maximum allowed payload size (" + Failures.MAX_RESPONSE + " bytes).")
        : RuntimeAnswer.accepted();
  }

  private static RuntimeAnswer unknown() {
    return RuntimeAnswer.refused(404, "UnknownOperation", "The Runtime API has no such path");
  }
}
