'use strict';

const util = require('node:util');

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE', fatal: 'FATAL' };

// Parts the lines of one message, which is one event of the log; Gatehouse makes line feeds of it.
const WITHIN = '\x02';

let requestId;

function write(level, message) {
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${message.replace(/\n/g, WITHIN)}\n`);
}

module.exports = {
  /** Makes the console write lines as AWS's does: time, request id, level, message. */
  install() {
    for (const [method, level] of Object.entries(LEVELS)) {
      console[method] = (...values) => write(level, util.format(...values));
    }
  },

  requestId(id) {
    requestId = id;
  },

  /** A fault in one line. */
  error(label, { errorType, errorMessage, trace }) {
    write('ERROR', `${label} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
  },
};
