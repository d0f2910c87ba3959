'use strict';

const dns = require('node:dns');
const { syncBuiltinESMExports } = require('node:module');

/** Names below .localhost are this machine, which not every system's resolver knows: buckets have such names. */
function resolveLocalhost() {
  const lookup = dns.lookup;
  dns.lookup = (name, ...more) => lookup(/(^|\.)localhost\.?$/i.test(name) ? 'localhost' : name, ...more);
  for (const key of Object.getOwnPropertySymbols(lookup)) {
    Object.defineProperty(dns.lookup, key, Object.getOwnPropertyDescriptor(lookup, key)); // what promisify looks at
  }
  syncBuiltinESMExports();
}

module.exports = { resolveLocalhost };
