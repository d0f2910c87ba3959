package dev.gatehouse.iam;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers one operation. */
@FunctionalInterface
interface Handler {

  /** The members of the result; null where the operation has none. */
  @Nullable ObjectNode handle(Call call);
}
