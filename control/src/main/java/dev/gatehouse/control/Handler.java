package dev.gatehouse.control;

import tools.jackson.databind.node.ObjectNode;

/** Answers one operation with its result's members; extra ones are left out by the encoder. */
@FunctionalInterface
interface Handler {
  ObjectNode handle(Call call);
}
