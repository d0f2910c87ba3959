'use strict';

const { context } = require('./context.cjs');
const { fault } = require('./faults.cjs');
const { isStreaming, ResponseStream } = require('./streaming.cjs');
const log = require('./log.cjs');

/**
 * One event and what becomes of it. A handler answers by a promise, by its callback or by its context, and only the
 * first answer counts. An answer by callback waits until nothing is left to do, unless the handler says otherwise.
 */
class Invocation {
  #client;
  #event;
  #answered = false;
  #whenIdle = () => this.#respond('null');
  #stream = null;
  #done;
  #finished;

  constructor(client, event) {
    this.#client = client;
    this.#event = event;
    this.#finished = new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  /** Runs the handler; resolves once its answer was taken. */
  run(handler) {
    try {
      this.#call(handler, JSON.parse(this.#event.body));
    } catch (error) {
      this.#failed(error);
    }
    return this.#finished;
  }

  #call(handler, input) {
    const given = context(this.#event);
    if (isStreaming(handler)) {
      this.#streamed(handler, input, given);
      return;
    }
    this.#addOldAnswers(given);
    const result = handler(input, given, (error, data) => this.#calledBack(given, error, data));
    if (typeof result?.then === 'function') {
      result.then((data) => this.#succeeded(data), (error) => this.#failed(error));
    }
  }

  #streamed(handler, input, given) {
    const stream = new ResponseStream(this.#client, this.#event.requestId);
    this.#stream = stream;
    this.#whenIdle = () => this.#failed(new Error('The streaming handler did not end its response.'));
    stream.on('finish', () => this.#once(stream.ended));
    stream.on('error', (error) => this.#failed(error));
    Promise.resolve(handler(input, stream, given)).catch((error) => this.#failed(error));
  }

  /** Ways to answer from before there were promises. */
  #addOldAnswers(given) {
    given.succeed = (data) => this.#succeeded(data);
    given.fail = (error) => this.#failed(error ?? 'handled');
    given.done = (error, data) => this.#calledBack(given, error, data);
  }

  #calledBack(given, error, data) {
    if (error !== undefined && error !== null) {
      this.#failed(error);
    } else if (given.callbackWaitsForEmptyEventLoop) {
      this.#whenIdle = () => this.#succeeded(data);
    } else {
      this.#succeeded(data);
    }
  }

  /** Nothing is left to do in this process. */
  idle() {
    this.#whenIdle();
  }

  #succeeded(data) {
    let text;
    try {
      text = JSON.stringify(data === undefined ? null : data) ?? 'null';
    } catch {
      this.#failed(new Error('Unable to stringify response body'));
      return;
    }
    this.#respond(text);
  }

  #respond(text) {
    this.#once(() => this.#client.respond(this.#event.requestId, text));
  }

  #failed(error) {
    if (!this.#answered) {
      const reported = fault(error);
      log.error('Invoke Error', reported);
      this.fail(reported);
    }
  }

  /** Reports a fault, unless there was an answer; resolves once it was taken. */
  fail(reported) {
    this.#once(() =>
      this.#stream?.begun ? this.#stream.failed(reported) : this.#client.fail(this.#event.requestId, reported),
    );
    return this.#finished;
  }

  #once(answer) {
    if (!this.#answered) {
      this.#answered = true;
      this.#whenIdle = () => {};
      answer().then(this.#done);
    }
  }
}

module.exports = { Invocation };
