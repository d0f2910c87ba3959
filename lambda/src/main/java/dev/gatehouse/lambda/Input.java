package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request's JSON body, read member by member with Lambda's texts for what is wrong [L]. */
record Input(JsonNode json, String path) {

  static Input parse(byte[] body) {
    if (body.length == 0) {
      return new Input(Json.mapper().createObjectNode(), "");
    }
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json.isObject()) {
        return new Input(json, "");
      }
    } catch (JacksonException e) {
      throw new ServiceException(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: " + e.getOriginalMessage());
    }
    throw new ServiceException(
        400, "SerializationException", "The body of the request must be a JSON object");
  }

  /** Whether the member is there and says something; tools send empty texts for what is not set. */
  boolean has(String member) {
    JsonNode value = json.path(member);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isContainer() && value.isEmpty())
        && !(value.isString() && value.stringValue().isEmpty());
  }

  /** A member that is true or false, which it is where it is absent. */
  boolean flag(String member) {
    JsonNode value = json.path(member);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw wrongType(member, "a boolean");
    }
    return value.booleanValue(false);
  }

  /** A text that is one of a few. */
  Optional<String> choice(String member, String... values) {
    Optional<String> value = text(member);
    if (value.isPresent() && !List.of(values).contains(value.get())) {
      throw Errors.constraint(
          "'" + value.get() + "'",
          name(member),
          "Member must satisfy enum value set: " + List.of(values));
    }
    return value;
  }

  /** A list of texts; empty where it is absent. */
  List<String> list(String member) {
    JsonNode value = json.path(member);
    List<String> texts = new ArrayList<>();
    if (!value.isMissingNode() && !value.isNull()) {
      if (!value.isArray() || !value.values().stream().allMatch(JsonNode::isString)) {
        throw wrongType(member, "a list of strings");
      }
      value.forEach(each -> texts.add(each.stringValue()));
    }
    return texts;
  }

  /** The same, of at most so many, each one of a few. */
  List<String> choices(String member, int most, List<String> values) {
    List<String> given = list(member);
    if (given.size() > most) {
      throw Errors.constraint(
          "'" + given + "'", name(member), "Member must have length less than or equal to " + most);
    }
    if (!values.containsAll(given)) {
      throw Errors.constraint(
          "'" + given + "'",
          name(member),
          "Member must satisfy constraint: [Member must satisfy enum value set: "
              + values
              + ", Member must not be null]");
    }
    return given;
  }

  Optional<String> text(String member) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrongType(member, "a string");
    }
    return Optional.of(value.stringValue());
  }

  /** A text that must be there and match. */
  String required(String member, String regex) {
    String value =
        text(member)
            .orElseThrow(() -> Errors.constraint("null", name(member), "Member must not be null"));
    return matching(member, value, regex);
  }

  Optional<String> text(String member, String regex) {
    return text(member).map(value -> matching(member, value, regex));
  }

  private String matching(String member, String value, String regex) {
    if (!Pattern.matches(regex, value)) {
      throw Errors.constraint(
          "'" + value + "'",
          name(member),
          "Member must satisfy regular expression pattern: " + regex);
    }
    return value;
  }

  Optional<String> shortText(String member, int maxLength) {
    Optional<String> value = text(member);
    if (value.isPresent() && value.get().length() > maxLength) {
      throw Errors.constraint(
          "'" + value.get() + "'",
          name(member),
          "Member must have length less than or equal to " + maxLength);
    }
    return value;
  }

  Optional<Integer> number(String member, int min, int max) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isInt()) {
      throw wrongType(member, "an integer");
    }
    int number = value.intValue();
    if (number < min || number > max) {
      throw Errors.constraint(
          "'" + number + "'",
          name(member),
          number < min
              ? "Member must have value greater than or equal to " + min
              : "Member must have value less than or equal to " + max);
    }
    return Optional.of(number);
  }

  /** A member that is an object; an empty one where it is absent. */
  Input object(String member) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return new Input(Json.mapper().createObjectNode(), name(member) + ".");
    }
    if (!value.isObject()) {
      throw wrongType(member, "an object");
    }
    return new Input(value, name(member) + ".");
  }

  Map<String, String> texts(String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : object(member).json().propertyNames()) {
      texts.put(key, object(member).text(key).orElse(""));
    }
    return texts;
  }

  /** The bytes of a base64 member. */
  Optional<byte[]> bytes(String member) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value.binaryValue());
    } catch (JacksonException e) {
      throw wrongType(member, "base64");
    }
  }

  private ServiceException wrongType(String member, String wanted) {
    return new ServiceException(
        400, "SerializationException", "The member " + path + member + " must be " + wanted);
  }

  private String name(String member) {
    return path + Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }
}
