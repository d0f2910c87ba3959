package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a request into an {@link Input}. The content type is not looked at: clients send {@code
 * application/json}, {@code application/x-amz-json-1.1} or none (control-plane.md section 1 [L]).
 */
public final class Decoder {
  private final int maxBodyBytes;

  /**
   * A decoder.
   *
   * @param maxBodyBytes the longest body that is read
   */
  public Decoder(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Reads and checks the whole input of an operation. */
  public Input decode(Operations.Match match, HttpCall call) throws IOException {
    Operation operation = match.operation();
    return new Input(
        operation,
        match.path(),
        QueryText.read(operation, call.rawQuery()),
        operation.body().members().isEmpty()
            ? Json.mapper().createObjectNode()
            : body(operation, bytes(call)));
  }

  private byte[] bytes(HttpCall call) throws IOException {
    if (call.bodyLength() > maxBodyBytes) {
      throw ShapeErrors.tooMuch(maxBodyBytes);
    }
    byte[] bytes = call.body().readNBytes(maxBodyBytes + 1);
    if (bytes.length > maxBodyBytes) {
      throw ShapeErrors.tooMuch(maxBodyBytes);
    }
    return bytes;
  }

  private static ObjectNode body(Operation operation, byte[] bytes) {
    JsonNode given = bytes.length == 0 ? Json.mapper().createObjectNode() : parse(bytes);
    boolean update = operation.method().equals("PATCH");
    return new ShapeCheck(update).structure(operation.body(), given, operation.inputName());
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (JacksonException e) {
      throw ShapeErrors.serialization("The request body is not well-formed JSON");
    }
  }
}
