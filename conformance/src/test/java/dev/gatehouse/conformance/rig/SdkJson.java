package dev.gatehouse.conformance.rig;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The SDK's objects as JSON with the names of the wire, and back, by the SDK's own fields. */
final class SdkJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private SdkJson() {}

  /** Fills a builder and builds it; a member that the SDK does not know is a mistake. */
  static Object pojo(SdkPojo builder, JsonNode members) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    members
        .properties()
        .forEach(member -> {
          SdkField<?> field = fields.get(member.getKey());
          if (field == null) {
            throw new AssertionError("The SDK has no member " + member.getKey() + " in " + builder);
          }
          field.set(builder, value(field, member.getValue()));
        });
    return ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, JsonNode value) {
    ListTrait list = field.getTrait(ListTrait.class);
    MapTrait map = field.getTrait(MapTrait.class);
    if (list != null) {
      List<Object> elements = new ArrayList<>();
      value.forEach(each -> elements.add(value(list.memberFieldInfo(), each)));
      return elements;
    }
    if (map != null) {
      Map<String, Object> entries = new LinkedHashMap<>();
      value
          .properties()
          .forEach(
              each -> entries.put(each.getKey(), value(map.valueFieldInfo(), each.getValue())));
      return entries;
    }
    if (field.constructor() != null) {
      return pojo(field.constructor().get(), value);
    }
    if (field.marshallingType().getTargetClass().equals(SdkBytes.class)) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asString()));
    }
    return MAPPER.convertValue(value, field.marshallingType().getTargetClass());
  }

  /** The members that an object has. */
  static ObjectNode json(SdkPojo pojo) {
    ObjectNode json = MAPPER.createObjectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !isUnset(value)) {
        json.set(field.locationName(), json(value));
      }
    }
    return json;
  }

  /** The SDK's own empty collections stand for members that were not there. */
  private static boolean isUnset(Object value) {
    return value instanceof software.amazon.awssdk.core.util.SdkAutoConstructList<?>
        || value instanceof software.amazon.awssdk.core.util.SdkAutoConstructMap<?, ?>;
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case SdkPojo pojo -> json(pojo);
      case List<?> list -> {
        var array = MAPPER.createArrayNode();
        list.forEach(each -> array.add(json(each)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = MAPPER.createObjectNode();
        map.forEach((key, each) -> object.set(key.toString(), json(each)));
        yield object;
      }
      case SdkBytes bytes ->
          MAPPER.valueToTree(Base64.getEncoder().encodeToString(bytes.asByteArray()));
      case Instant instant -> MAPPER.valueToTree(instant.toString());
      default -> MAPPER.valueToTree(value);
    };
  }
}
