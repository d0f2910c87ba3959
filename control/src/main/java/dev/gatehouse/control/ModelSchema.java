package dev.gatehouse.control;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a model: JSON Schema draft 4 (control-plane.md section 13 [C]), or the later draft
 * that its {@code $schema} names [U]. Held against the draft's own schema, which is on the class
 * path: nothing is ever loaded from elsewhere, so a reference stays within the document [U].
 */
final class ModelSchema {
  private static final String MEMBER = "schema";

  private ModelSchema() {}

  /** The schema as JSON; refuses what is none. */
  static JsonNode parse(String text) {
    JsonNode schema = json(text);
    SpecificationVersion version =
        draft(schema)
            .orElseThrow(() ->
                refused("$schema names a draft of JSON Schema that exists, such as draft-04"));
    if (!metaSchema(version).validate(schema).isEmpty()) {
      throw refused("it is no JSON schema of the draft that it names, or else of draft 4");
    }
    checkWithin(schema, schema);
    return schema;
  }

  private static JsonNode json(String text) {
    try {
      JsonNode schema = Json.mapper().readTree(text);
      if (schema.isObject()) {
        return schema;
      }
    } catch (JacksonException e) {
      // Refused below, like JSON that is no schema.
    }
    throw refused("it is a JSON schema");
  }

  private static Optional<SpecificationVersion> draft(JsonNode schema) {
    @Nullable JsonNode id = schema.get("$schema");
    if (id == null) {
      return Optional.of(SpecificationVersion.DRAFT_4);
    }
    String named = bare(id.asString(""));
    return Arrays.stream(SpecificationVersion.values())
        .filter(version -> bare(version.getDialectId()).equals(named))
        .findFirst();
  }

  /** With and without the empty fragment, and with either scheme, it is the same draft. */
  private static String bare(String dialect) {
    return dialect.replaceFirst("^https?://", "").replaceFirst("#$", "");
  }

  /** Read when the first model is made: nobody else waits for it. */
  private static Schema metaSchema(SpecificationVersion version) {
    return SchemaRegistry.withDefaultDialect(version)
        .getSchema(SchemaLocation.of(version.getDialectId()));
  }

  /** Refuses references that lead out of the document or nowhere, and patterns that cannot run. */
  private static void checkWithin(JsonNode root, JsonNode node) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = member.getValue();
      if (member.getKey().equals("$ref") && value.isString()) {
        checkReference(root, value.stringValue());
      } else if (member.getKey().equals("pattern") && value.isString()) {
        SelectionExpressions.checkPattern(MEMBER, value.stringValue());
      } else if (member.getKey().equals("patternProperties") && value.isObject()) {
        value
            .propertyNames()
            .forEach(pattern -> SelectionExpressions.checkPattern(MEMBER, pattern));
      }
    }
    for (JsonNode child : node) {
      checkWithin(root, child);
    }
  }

  private static void checkReference(JsonNode root, String reference) {
    if (!reference.startsWith("#")) {
      throw refused("a $ref stays within the document; nothing is loaded from elsewhere");
    }
    boolean pointer = reference.startsWith("#/");
    if (pointer && pointed(root, reference.substring(1)).isMissingNode()) {
      throw refused("a $ref leads nowhere");
    }
  }

  private static JsonNode pointed(JsonNode root, String pointer) {
    try {
      return root.at(URLDecoder.decode(pointer, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw refused("a $ref leads nowhere");
    }
  }

  private static ServiceException refused(String rule) {
    return OwnRefusals.invalid(MEMBER, rule);
  }
}
