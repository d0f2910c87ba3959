package dev.gatehouse.cli.advise;

/**
 * Something that only a REST API (v1) does on AWS.
 *
 * @param where it is asked for
 * @param what is asked for
 * @param instead how an HTTP API comes close, or that it does not
 */
record Need(String where, String what, String instead) {}
