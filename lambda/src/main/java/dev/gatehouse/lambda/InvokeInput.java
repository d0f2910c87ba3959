package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;

/**
 * What the headers of an invocation say.
 *
 * @param type {@code RequestResponse}, {@code Event} or {@code DryRun}
 * @param tail whether the end of the log is wanted
 * @param clientContext JSON in ASCII, on one line; empty where there is none
 */
record InvokeInput(String type, boolean tail, String clientContext) {
  private static final int MAX_CONTEXT = 3583;
  private static final byte[] NO_EVENT = {'{', '}'};

  /**
   * Reads the headers.
   *
   * @param types that the operation has
   */
  static InvokeInput of(Call call, List<String> types) {
    refuse(call, "X-Amz-Durable-Execution-Name", "DurableExecutionName");
    refuse(call, "X-Amz-Tenant-Id", "TenantId");
    String type = chosen(call, "X-Amz-Invocation-Type", "invocationType", "RequestResponse", types);
    String log = chosen(call, "X-Amz-Log-Type", "logType", "None", List.of("Tail", "None"));
    return new InvokeInput(type, log.equals("Tail"), clientContext(call));
  }

  private static void refuse(Call call, String header, String member) {
    if (call.http().headers().first(header).isPresent()) {
      throw Errors.notBuilt(call.operation().name() + " with " + member);
    }
  }

  private static String chosen(
      Call call, String header, String member, String usual, List<String> values) {
    String value = call.http().headers().first(header).orElse(usual);
    if (!values.contains(value)) {
      throw Errors.constraint(
          "'" + value + "'", member, "Member must satisfy enum value set: " + values);
    }
    return value;
  }

  /** As it goes into a header of the Runtime API: nothing in it can end a line. */
  private static String clientContext(Call call) {
    String given = call.http().headers().first("X-Amz-Client-Context").orElse("");
    if (given.isEmpty()) {
      return "";
    }
    if (given.length() > MAX_CONTEXT) {
      throw Errors.constraint(
          "'" + given + "'",
          "clientContext",
          "Member must have length less than or equal to " + MAX_CONTEXT);
    }
    try {
      JsonNode context = Json.mapper().readTree(Base64.getDecoder().decode(given));
      if (context.isObject()) {
        return Json.mapper()
            .writer()
            .with(JsonWriteFeature.ESCAPE_NON_ASCII)
            .writeValueAsString(context);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // As for one that is no object.
    }
    throw new ServiceException(
        400,
        "InvalidRequestContentException",
        "Client context must be a valid Base64-encoded JSON object.");
  }

  /** The event in the body: one JSON value, or none, which stands for an empty object. */
  byte[] event(Call call, int limit) throws IOException {
    byte[] event = call.bytes(limit);
    if (event.length > limit) {
      throw Errors.tooLarge(event.length + call.discardRest(), type, limit);
    }
    if (event.length == 0) {
      return NO_EVENT;
    }
    try (JsonParser parser = Json.mapper().createParser(event)) {
      parser.nextToken();
      parser.skipChildren(); // only whether it is JSON matters; the handler reads it
      if (parser.nextToken() == null) {
        return event;
      }
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
    }
    throw malformed("Trailing token after the value");
  }

  private static ServiceException malformed(String why) {
    return new ServiceException(
        400,
        "InvalidRequestContentException",
        "Could not parse request body into json: Could not parse payload into json: " + why);
  }
}
