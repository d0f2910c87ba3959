package dev.gatehouse.iam;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.query.QueryInput;

/** One call: who makes it, and what it says. */
record Call(Caller caller, QueryInput input) {

  String account() {
    return caller.scope().account();
  }
}
