package dev.gatehouse.identity;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the fields of a form upload may be (S3's POST policy [C]): each field has a condition, and
 * each condition holds.
 *
 * @param least bytes of the file
 * @param most bytes of the file
 */
record FormPolicy(Instant expiration, List<Condition> conditions, long least, long most) {
  private static final Set<String> FREE =
      Set.of("x-amz-signature", "file", "policy", "awsaccesskeyid", "signature");

  FormPolicy {
    conditions = List.copyOf(conditions);
  }

  /**
   * One condition.
   *
   * @param field in lower case
   * @param begins whether the value is a beginning, or all of it
   */
  record Condition(String field, boolean begins, String value) {
    boolean holds(Map<String, String> fields) {
      String given = fields.getOrDefault(field, "");
      return begins ? given.startsWith(value) : given.equals(value);
    }

    String text() {
      String operator = begins ? "starts-with" : "eq";
      return "[\"" + operator + "\", \"$" + field + "\", \"" + value + "\"]";
    }
  }

  /** Reads it; empty where it is no policy. */
  static Optional<FormPolicy> read(String base64) {
    try {
      byte[] json = Base64.getMimeDecoder().decode(base64);
      JsonNode root = Json.mapper().readTree(new String(json, StandardCharsets.UTF_8));
      Instant expiration = Instant.parse(root.path("expiration").asString());
      List<Condition> conditions = new ArrayList<>();
      long least = 0;
      long most = Long.MAX_VALUE;
      if (!root.path("conditions").isArray()) {
        return Optional.empty();
      }
      for (JsonNode node : root.path("conditions")) {
        if (node.isObject()) {
          node.properties()
              .forEach(it -> conditions.add(condition("eq", it.getKey(), it.getValue())));
        } else if (node.size() == 3 && lower(node.get(0)).equals("content-length-range")) {
          least = Math.max(least, Long.parseLong(node.get(1).asString()));
          most = Math.min(most, Long.parseLong(node.get(2).asString()));
        } else if (node.size() == 3 && node.get(1).asString().startsWith("$")) {
          conditions.add(
              condition(lower(node.get(0)), node.get(1).asString().substring(1), node.get(2)));
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(new FormPolicy(expiration, conditions, least, most));
    } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static String lower(JsonNode text) {
    return text.asString().toLowerCase(Locale.ROOT);
  }

  private static Condition condition(String operator, String field, JsonNode value) {
    if (!operator.equals("eq") && !operator.equals("starts-with")) {
      throw new IllegalArgumentException("no such operator");
    }
    return new Condition(
        field.toLowerCase(Locale.ROOT), operator.equals("starts-with"), value.asString());
  }

  /**
   * What is wrong with a form, in S3's words; empty where nothing is.
   *
   * @param fields by their names in lower case, with {@code bucket}
   */
  Optional<String> violation(Map<String, String> fields, Instant now) {
    if (!now.isBefore(expiration)) {
      return Optional.of("Invalid according to Policy: Policy expired.");
    }
    Set<String> said = new HashSet<>(FREE);
    for (Condition condition : conditions) {
      said.add(condition.field());
      if (!condition.holds(fields)) {
        return Optional.of(
            "Invalid according to Policy: Policy Condition failed: " + condition.text());
      }
    }
    List<String> extra =
        fields.keySet().stream()
            .filter(name -> !said.contains(name) && !name.startsWith("x-ignore-"))
            .filter(name -> !name.equals("bucket"))
            .sorted()
            .toList();
    return extra.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Invalid according to Policy: Extra input fields: " + String.join(", ", extra));
  }
}
