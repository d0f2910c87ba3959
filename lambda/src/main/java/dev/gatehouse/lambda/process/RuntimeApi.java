package dev.gatehouse.lambda.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths of the Lambda Runtime API, version 2018-06-01, over one process's session. */
record RuntimeApi(RuntimeSession session) implements RuntimeServer.Responder {
  private static final String BASE = "/2018-06-01/runtime/";

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
    return new RuntimeAnswer(200, headers, invocation.payload());
  }

  private RuntimeAnswer report(String requestId, String what, RuntimeRequest request)
      throws InterruptedException {
    Ending ending =
        switch (what) {
          case "response" -> new Ending.Returned(request.body());
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
