package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What calls answer about a function. */
final class Answers {
  private Answers() {}

  /**
   * A function or version as it stands.
   *
   * @param arn as it was asked for, with a qualifier or without
   */
  static ObjectNode configuration(String arn, FunctionDefinition definition) {
    return describe(arn, definition).put("State", "Active").put("LastUpdateStatus", "Successful");
  }

  /**
   * A function that was created just now. It is in fact ready, but tools expect to be told to wait
   * and do so by asking again.
   */
  static ObjectNode created(String arn, FunctionDefinition definition) {
    return describe(arn, definition)
        .put("State", "Pending")
        .put("StateReason", "The function is being created.")
        .put("StateReasonCode", "Creating");
  }

  /** A function that was changed just now; ready, as above. */
  static ObjectNode updated(String arn, FunctionDefinition definition) {
    return describe(arn, definition)
        .put("State", "Active")
        .put("LastUpdateStatus", "InProgress")
        .put("LastUpdateStatusReason", "The function is being created.")
        .put("LastUpdateStatusReasonCode", "Creating");
  }

  private static ObjectNode describe(String arn, FunctionDefinition definition) {
    Settings settings = definition.settings();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("FunctionName", definition.name());
    json.put("FunctionArn", arn);
    json.put("Runtime", settings.runtime());
    json.put("Role", settings.role());
    json.put("Handler", settings.handler());
    json.put("CodeSize", definition.code().size());
    json.put("Description", settings.description());
    json.put("Timeout", settings.timeout());
    json.put("MemorySize", settings.memorySize());
    json.put("LastModified", definition.lastModified());
    json.put("CodeSha256", base64(definition.code().sha256()));
    json.put("Version", definition.version());
    if (!settings.environment().isEmpty()) {
      ObjectNode variables = json.putObject("Environment").putObject("Variables");
      new TreeMap<>(settings.environment()).forEach(variables::put);
    }
    json.putObject("TracingConfig").put("Mode", settings.tracing());
    json.put("RevisionId", definition.revisionId());
    if (!settings.layers().isEmpty()) {
      ArrayNode layers = json.putArray("Layers");
      settings
          .layers()
          .forEach(it -> layers.addObject().put("Arn", it.arn()).put("CodeSize", it.size()));
    }
    json.put("PackageType", "Zip");
    json.putArray("Architectures").add(settings.architecture());
    json.putObject("EphemeralStorage").put("Size", settings.ephemeralStorage());
    json.putObject("SnapStart").put("ApplyOn", "None").put("OptimizationStatus", "Off");
    json.putObject("LoggingConfig").put("LogFormat", "Text").put("LogGroup", settings.logGroup());
    return json;
  }

  static ObjectNode tags(Map<String, String> tags) {
    ObjectNode json = Json.mapper().createObjectNode();
    new TreeMap<>(tags).forEach(json::put);
    return json;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
