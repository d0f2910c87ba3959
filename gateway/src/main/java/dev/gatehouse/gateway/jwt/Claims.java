package dev.gatehouse.gateway.jwt;

import dev.gatehouse.wire.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** The claims of a token whose signature is right. */
record Claims(ObjectNode members) {
  private static final ObjectReader STRICT =
      Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  private static final int LONGEST_SCALE = 400;

  /** Null where they are no JSON object, or name something twice. */
  static @Nullable Claims read(byte[] payload) {
    try {
      return STRICT.readTree(payload) instanceof ObjectNode members ? new Claims(members) : null;
    } catch (JacksonException malformed) {
      return null;
    }
  }

  /**
   * What keeps the token from being accepted, in the order of http-api.md 9.2; null for nothing.
   */
  @Nullable String flaw(Demand demand, long nowMillis) {
    if (!members.path("iss").asString("").equals(demand.issuer())) {
      return "the token does not have a valid issuer";
    }
    if (!hasAudience(demand.audience())) {
      return "the token does not have a valid audience";
    }
    JsonNode expires = members.path("exp");
    if (!expires.isNumber()) {
      return "the token has no expiry";
    }
    if (millis(expires) <= nowMillis) {
      return "the token has expired";
    }
    if (isAhead("nbf", nowMillis)) {
      return "the token is not valid yet";
    }
    return isAhead("iat", nowMillis) ? "the token was issued in the future" : null;
  }

  /** {@code client_id} counts where there is no {@code aud} at all [C]. */
  private boolean hasAudience(List<String> wanted) {
    JsonNode given = members.has("aud") ? members.get("aud") : members.path("client_id");
    if (given.isArray()) {
      return members.has("aud")
          && given
              .valueStream()
              .anyMatch(each -> each.isString() && wanted.contains(each.stringValue()));
    }
    return given.isString() && wanted.contains(given.stringValue());
  }

  private boolean isAhead(String claim, long nowMillis) {
    JsonNode time = members.path(claim);
    return !time.isMissingNode() && (!time.isNumber() || millis(time) > nowMillis);
  }

  /** However large the number is: one that no double holds is infinite. */
  private static double millis(JsonNode seconds) {
    return seconds.numberValue().doubleValue() * 1_000;
  }

  /** The first millisecond at which the token is not valid any more. */
  long untilMillis() {
    return (long) Math.ceil(millis(members.path("exp")));
  }

  /** The first millisecond at which the token is valid. */
  long fromMillis() {
    return Math.max(from("nbf"), from("iat"));
  }

  private long from(String claim) {
    JsonNode time = members.path(claim);
    return time.isNumber() ? (long) Math.ceil(millis(time)) : Long.MIN_VALUE;
  }

  /** The scopes of {@code scope} and {@code scp} (http-api.md 9.2 [C], arrays [L]). */
  List<String> scopes() {
    Set<String> scopes = new LinkedHashSet<>();
    addScopes(members.path("scope"), scopes);
    addScopes(members.path("scp"), scopes);
    return List.copyOf(scopes);
  }

  private static void addScopes(JsonNode given, Set<String> scopes) {
    if (given.isString()) {
      for (String scope : given.stringValue().split(" ")) {
        if (!scope.isEmpty()) {
          scopes.add(scope);
        }
      }
    } else if (given.isArray()) {
      given
          .valueStream()
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue)
          .forEach(scopes::add);
    }
  }

  /** Every claim as text, as functions are shown it (http-api.md 4.3). */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.properties().forEach(claim -> texts.put(claim.getKey(), text(claim.getValue())));
    return Collections.unmodifiableMap(texts);
  }

  /** Numbers in plain decimal [C]; arrays [L] and objects [U] as Go prints them. */
  private static String text(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(Claims::text).collect(Collectors.joining(" ", "[", "]"));
    }
    if (value.isObject()) {
      Map<String, String> sorted = new TreeMap<>();
      value.properties().forEach(member -> sorted.put(member.getKey(), text(member.getValue())));
      return sorted.entrySet().stream()
          .map(member -> member.getKey() + ":" + member.getValue())
          .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value.isNull()) {
      return "<nil>";
    }
    return value.isNumber() ? number(value) : value.asString();
  }

  private static String number(JsonNode value) {
    if (!value.isFloatingPointNumber() || Double.isInfinite(value.asDouble())) {
      return value.toString();
    }
    BigDecimal number = value.decimalValue();
    return Math.abs(number.scale()) > LONGEST_SCALE
        ? value.toString()
        : number.stripTrailingZeros().toPlainString();
  }
}
