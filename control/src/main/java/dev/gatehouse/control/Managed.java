package dev.gatehouse.control;

import tools.jackson.databind.node.ObjectNode;

/** The mark of what quick create made (control-plane.md section 7 [C]). */
final class Managed {
  private static final String MARK = "apiGatewayManaged";

  private Managed() {}

  static boolean is(ObjectNode resource) {
    return resource.path(MARK).asBoolean(false);
  }

  static ObjectNode mark(ObjectNode resource) {
    return resource.put(MARK, true);
  }
}
