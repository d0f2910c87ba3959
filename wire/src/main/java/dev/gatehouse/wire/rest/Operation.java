package dev.gatehouse.wire.rest;

/**
 * One row of the table.
 *
 * @param method the HTTP method
 * @param status the status of success
 * @param query the input's members in the query
 * @param body the input's members in the body
 * @param output the answer's members; none for an answer without a body
 */
public record Operation(
    String name,
    String method,
    PathTemplate path,
    int status,
    Shape.Structure query,
    Shape.Structure body,
    Shape.Structure output) {

  /** {@code createApiInput}: how AWS names the input in a validation error. */
  String inputName() {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "Input";
  }
}
