package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.rest.Input;
import tools.jackson.databind.node.ObjectNode;

/** One decoded control call: whose it is and what it says. */
record Call(Scope scope, Input input) {

  String path(String name) {
    return input.path(name);
  }

  String apiId() {
    return input.path("apiId");
  }

  /** The members of the body that the caller gave. */
  ObjectNode given() {
    return input.body();
  }
}
