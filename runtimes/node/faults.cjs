'use strict';

const util = require('node:util');

/** What was thrown, as AWS reports it. Anything can be thrown, and be worse than it looks. */
function fault(error) {
  try {
    if (util.types.isNativeError(error) || (error && error.name && error.message && error.stack)) {
      return {
        errorType: String(error.name),
        errorMessage: String(error.message),
        trace: String(error.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return { errorType: 'handled', errorMessage: 'callback called with Error argument, but it could not be read', trace: [] };
  }
}

/** A promise that failed with nobody looking. */
function rejection(error) {
  const { errorType, errorMessage, trace } = fault(error);
  const named = util.types.isNativeError(error) ? `${errorType}: ${errorMessage}` : errorMessage;
  return { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: named, trace };
}

/** An error of a function that cannot be started, under a name of the runtime. */
function startFault(name, message) {
  const error = new Error(message);
  error.name = `Runtime.${name}`;
  return error;
}

module.exports = { fault, rejection, startFault };
