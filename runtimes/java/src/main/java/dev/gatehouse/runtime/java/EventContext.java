package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import org.jspecify.annotations.Nullable;

/** What a handler may ask about the invocation. */
record EventContext(Event event, Environment environment) implements Context {
  @Override
  public String getAwsRequestId() {
    return event.requestId();
  }

  @Override
  public String getLogGroupName() {
    return environment.orEmpty("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return environment.orEmpty("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  @Override
  public String getFunctionName() {
    return environment.orEmpty("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return environment.orEmpty("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public String getInvokedFunctionArn() {
    return event.functionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null; // only mobile clients have one
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    String text = event.clientContext();
    return text.isEmpty() ? null : CallersContext.parse(text);
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) (event.deadline() - System.currentTimeMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return environment.memoryInMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return LambdaRuntime.getLogger(); // the core library's own writes to stdout
  }

  @Override
  public @Nullable String getXrayTraceId() {
    return event.traceId().isEmpty() ? null : event.traceId();
  }
}
