'use strict';

const net = require('node:net');

const BASE = '/2018-06-01/runtime/';
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Speaks the Runtime API over one kept connection. A plain socket, because functions, and the tracers that they bring,
 * replace parts of node:http. The socket keeps the process alive only while it waits for an answer, so that an empty
 * event loop can be seen while a handler runs.
 */
class RuntimeClient {
  #authority;
  #socket;
  #received = Buffer.alloc(0);
  #waiting = [];

  constructor(authority) {
    const colon = authority.lastIndexOf(':');
    this.#authority = authority;
    this.#socket = net.connect(Number(authority.slice(colon + 1)), authority.slice(0, colon));
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#take(chunk));
    // Gatehouse is gone or wants this process gone; there is nobody to tell.
    this.#socket.on('close', () => process.exit(0));
    this.#socket.on('error', () => process.exit(0));
    this.#socket.unref();
  }

  /** Waits for the next event, however long it takes. */
  async next() {
    const { headers, body } = await this.#call('GET', 'invocation/next', '', '');
    if (!headers['lambda-runtime-aws-request-id']) {
      process.exit(0);
    }
    return {
      requestId: headers['lambda-runtime-aws-request-id'],
      deadline: Number(headers['lambda-runtime-deadline-ms']),
      functionArn: headers['lambda-runtime-invoked-function-arn'],
      traceId: headers['lambda-runtime-trace-id'] ?? '',
      clientContext: headers['lambda-runtime-client-context'],
      identity: headers['lambda-runtime-cognito-identity'],
      body,
    };
  }

  respond(requestId, text) {
    return this.#post(`invocation/${requestId}/response`, text, '');
  }

  fail(requestId, fault) {
    return this.#post(`invocation/${requestId}/error`, JSON.stringify(fault), typeHeader(fault));
  }

  failStart(fault) {
    return this.#post('init/error', JSON.stringify(fault), typeHeader(fault));
  }

  /** Begins an answer whose end is not known yet. */
  beginStream(requestId, contentType) {
    this.#socket.write(
      `POST ${BASE}invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.#authority}\r\n` +
        'Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n' +
        `Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n` +
        `Content-Type: ${contentType}\r\n\r\n`,
    );
  }

  writeStream(chunk, callback) {
    this.#socket.cork();
    this.#socket.write(`${chunk.length.toString(16)}\r\n`);
    this.#socket.write(chunk);
    this.#socket.write('\r\n', callback);
    this.#socket.uncork();
  }

  /** Ends such an answer; with a fault where the handler failed half way. */
  endStream(fault) {
    const trailers = fault
      ? typeHeader(fault) +
        `Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(fault)).toString('base64')}\r\n`
      : '';
    return this.#send(`0\r\n${trailers}\r\n`);
  }

  #post(path, text, more) {
    return this.#call('POST', path, text, `${more}Content-Type: application/json\r\n`);
  }

  #call(method, path, body, headers) {
    const length = method === 'GET' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    return this.#send(`${method} ${BASE}${path} HTTP/1.1\r\nHost: ${this.#authority}\r\n${headers}${length}\r\n${body}`);
  }

  #send(text) {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.ref();
      this.#socket.write(text);
    });
  }

  #take(chunk) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    for (let answer = this.#answer(); answer; answer = this.#answer()) {
      const resolve = this.#waiting.shift();
      if (this.#waiting.length === 0) {
        this.#socket.unref();
      }
      resolve?.(answer);
    }
  }

  #answer() {
    const end = this.#received.indexOf(HEAD_END);
    if (end < 0) {
      return null;
    }
    const headers = {};
    for (const line of this.#received.toString('latin1', 0, end).split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const from = end + HEAD_END.length;
    const to = from + Number(headers['content-length'] ?? 0);
    if (this.#received.length < to) {
      return null;
    }
    const body = this.#received.toString('utf8', from, to);
    this.#received = this.#received.subarray(to);
    return { headers, body };
  }
}

function typeHeader(fault) {
  return `Lambda-Runtime-Function-Error-Type: ${String(fault.errorType).replace(/[^ -~]/g, '?')}\r\n`;
}

module.exports = { RuntimeClient };
