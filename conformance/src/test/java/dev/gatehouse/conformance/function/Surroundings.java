package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** Tells what a function is given: its environment, its context, its process id. */
public final class Surroundings
    implements RequestHandler<Map<String, Object>, Map<String, String>> {

  @Override
  public Map<String, String> handleRequest(Map<String, Object> event, Context context) {
    Map<String, String> found = new TreeMap<>(System.getenv());
    found.put("context.functionName", context.getFunctionName());
    found.put("context.requestId", context.getAwsRequestId());
    found.put("context.arn", context.getInvokedFunctionArn());
    found.put("context.remaining", Integer.toString(context.getRemainingTimeInMillis()));
    found.put("pid", Long.toString(ProcessHandle.current().pid()));
    return found;
  }
}
