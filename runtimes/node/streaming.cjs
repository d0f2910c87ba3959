'use strict';

const { Writable } = require('node:stream');

const STREAMING = Symbol.for('gatehouse.streaming');
const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';

/** What a streaming handler writes its answer to. */
class ResponseStream extends Writable {
  #client;
  #requestId;
  #contentType = 'application/octet-stream';
  begun = false;
  ended = null;

  constructor(client, requestId) {
    super({ highWaterMark: 64 * 1024 });
    this.#client = client;
    this.#requestId = requestId;
  }

  setContentType(contentType) {
    this.#contentType = String(contentType).replace(/[\r\n]/g, '');
  }

  #begin() {
    if (!this.begun) {
      this.begun = true;
      this.#client.beginStream(this.#requestId, this.#contentType);
    }
  }

  _write(chunk, encoding, callback) {
    this.#begin();
    if (chunk.length === 0) {
      callback();
    } else {
      this.#client.writeStream(chunk, callback);
    }
  }

  _final(callback) {
    this.#begin();
    this.ended = () => this.#client.endStream(null);
    callback();
  }

  failed(fault) {
    return this.#client.endStream(fault);
  }
}

/** The global that functions mark streaming handlers with. */
function installStreaming() {
  globalThis.awslambda = {
    streamifyResponse(handler, options) {
      handler[STREAMING] = options ?? {};
      return handler;
    },
    HttpResponseStream: {
      /** Status and headers go before the body: JSON, then eight zero bytes. */
      from(stream, metadata) {
        stream.setContentType(PRELUDE_TYPE);
        stream.write(Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]));
        return stream;
      },
    },
  };
}

module.exports = { ResponseStream, installStreaming, isStreaming: (handler) => handler[STREAMING] !== undefined };
