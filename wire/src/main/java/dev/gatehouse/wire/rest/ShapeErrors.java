package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.ServiceException;
import java.util.List;

/**
 * Refusals of inputs whose shape is wrong. The texts are ours, in the style of AWS's validation
 * errors [U], except where a method says otherwise. No text repeats a value: it may be a secret.
 */
final class ShapeErrors {
  private ShapeErrors() {}

  static ServiceException badRequest(String message) {
    return new ServiceException(400, "BadRequestException", message);
  }

  /** Not JSON, or JSON of the wrong type (control-plane.md section 2 [L]). */
  static ServiceException serialization(String message) {
    return new ServiceException(400, "SerializationException", message);
  }

  static ServiceException wrongType(String at, String expected) {
    return serialization("The value at '" + at + "' must be " + expected);
  }

  static ServiceException missing(String at) {
    return failed("Value null", at, "Member must not be null");
  }

  static ServiceException tooShort(String at, int shortest) {
    return failed("Value", at, "Member must have length greater than or equal to " + shortest);
  }

  static ServiceException tooLong(String at, int longest) {
    return failed("Value", at, "Member must have length less than or equal to " + longest);
  }

  static ServiceException tooSmall(String at, int least) {
    return failed("Value", at, "Member must have value greater than or equal to " + least);
  }

  static ServiceException tooLarge(String at, int most) {
    return failed("Value", at, "Member must have value less than or equal to " + most);
  }

  static ServiceException notAChoice(String at, List<String> values) {
    if (at.endsWith(".protocolType")) {
      // AWS's own text (control-plane.md 2.1 [L]).
      return badRequest("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]");
    }
    return failed("Value", at, "Member must satisfy enum value set: " + values);
  }

  static ServiceException tooMuch(long limit) {
    return new ServiceException(
        413, "RequestEntityTooLargeException", "The request body is over " + limit + " bytes");
  }

  private static ServiceException failed(String value, String at, String constraint) {
    return badRequest(
        "1 validation error detected: "
            + value
            + " at '"
            + at
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
