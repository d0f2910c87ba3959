'use strict';

// The main program of a Node.js function's process: loads the handler, then serves events until the Runtime API goes
// away. Behaves as the runtime of AWS does; where that is a matter of taste, so is this.

const { RuntimeClient } = require('./client.cjs');
const { Invocation } = require('./invocation.cjs');
const { fault, rejection } = require('./faults.cjs');
const { load } = require('./handlers.cjs');
const log = require('./log.cjs');
const { installStreaming } = require('./streaming.cjs');
const { resolveLocalhost } = require('./localhost.cjs');

const client = new RuntimeClient(process.env.AWS_LAMBDA_RUNTIME_API);
let current = null;
let crashed = false;

/** An error that nobody caught ends the process, as on AWS; before that it is the outcome of what runs. */
function crash(label, reported, status) {
  crashed = true;
  log.error(label, reported);
  const told = current === null ? client.failStart(reported) : current.fail(reported);
  told.finally(() => process.exit(status));
}

process.on('uncaughtException', (error) => crash('Uncaught Exception', fault(error), 129));
process.on('unhandledRejection', (error) => crash('Unhandled Promise Rejection', rejection(error), 128));
process.on('beforeExit', () => current?.idle());

async function serve(handler) {
  for (;;) {
    const event = await client.next();
    current = new Invocation(client, event);
    log.requestId(event.requestId);
    process.env._X_AMZN_TRACE_ID = event.traceId;
    await current.run(handler);
    if (crashed) {
      return; // it takes no more events, whatever it answered
    }
  }
}

async function main() {
  log.install();
  installStreaming();
  resolveLocalhost();
  let handler;
  try {
    handler = await load(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    crash('Uncaught Exception', fault(error), 1);
    return;
  }
  await serve(handler);
}

main();
