'use strict';

/** What a handler may ask about an event. */
function context(event) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(event.clientContext),
    identity: parsed(event.identity),
    invokedFunctionArn: event.functionArn,
    awsRequestId: event.requestId,
    getRemainingTimeInMillis: () => event.deadline - Date.now(),
  };
}

function parsed(text) {
  return text ? JSON.parse(text) : undefined;
}

module.exports = { context };
