package dev.gatehouse.control;

import dev.gatehouse.model.Expression;
import dev.gatehouse.model.ParameterMapping;
import dev.gatehouse.model.ParameterMapping.Action;
import dev.gatehouse.model.ParameterMapping.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the parameter mappings of HTTP APIs may be (http-api.md section 8 [C]): their grammar, and
 * the headers that nobody may map.
 */
final class MappingRules {
  private static final Pattern STATUS = Pattern.compile("[2-5][0-9]{2}");
  private static final Pattern STATUS_VALUE = Pattern.compile("[1-9][0-9]{2}");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final List<String> RESERVED_PREFIXES =
      List.of("access-control-", "apigw-", "x-amz-", "x-amzn-");

  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-location",
          "forwarded",
          "keep-alive",
          "origin",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailers",
          "transfer-encoding",
          "upgrade",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "via");

  private MappingRules() {}

  static void checkRequest(Map<String, String> mappings) {
    mappings.forEach(MappingRules::checkRequest);
  }

  private static void checkRequest(String key, String value) {
    ParameterMapping mapping = parse("requestParameters", key, value);
    if (mapping.place() == Place.STATUSCODE) {
      throw malformed("requestParameters", key);
    }
    refuseSource("requestParameters", key, mapping.value(), false);
  }

  /** The value of a parameter of an AWS action: any expression over the request [C]. */
  static void checkValue(String key, String value) {
    Expression expression =
        Expression.parse(value).orElseThrow(() -> malformed("requestParameters", key));
    refuseSource("requestParameters", key, expression, false);
  }

  static void checkResponse(Map<String, Map<String, String>> byStatus) {
    byStatus.forEach((status, mappings) -> {
      if (!STATUS.matcher(status).matches()) {
        throw OwnRefusals.invalid("responseParameters", "a key is a status from 200 to 599");
      }
      mappings.forEach(MappingRules::checkResponse);
    });
  }

  private static void checkResponse(String key, String value) {
    ParameterMapping mapping = parse("responseParameters", key, value);
    switch (mapping.place()) {
      case HEADER -> {}
      case STATUSCODE -> checkStatus(mapping.value());
      case PATH, QUERYSTRING -> throw malformed("responseParameters", key);
    }
    refuseSource("responseParameters", key, mapping.value(), true);
  }

  private static void checkStatus(Expression value) {
    if (value instanceof Expression.Static(String text) && !STATUS_VALUE.matcher(text).matches()) {
      throw OwnRefusals.invalid("responseParameters", "overwrite:statuscode takes three digits");
    }
  }

  private static ParameterMapping parse(String member, String key, String value) {
    ParameterMapping mapping =
        ParameterMapping.parse(key, value).orElseThrow(() -> malformed(member, key));
    if (mapping.action() == Action.REMOVE && !isEmptyValue(value)) {
      throw OwnRefusals.invalid(member, "remove takes '' as its value");
    }
    if (mapping.place() == Place.HEADER) {
      checkHeader(member, mapping.name());
    }
    return mapping;
  }

  private static boolean isEmptyValue(String value) {
    return value.isEmpty() || value.equals("''");
  }

  private static void checkHeader(String member, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw OwnRefusals.invalid(member, "a header's name has no spaces or separators");
    }
    if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
      throw OwnRefusals.invalid(member, "operations on header " + name + " are restricted");
    }
  }

  /** A request has no response yet, and a response mapping reads no request [C]. */
  private static void refuseSource(
      String member, String key, Expression value, boolean inResponse) {
    boolean known =
        switch (value) {
          case Expression.Static text -> true;
          case Expression.Context context -> true;
          case Expression.StageVariable variable -> true;
          case Expression.RequestHeader header ->
              !inResponse && !header.name().equalsIgnoreCase("apigw-requestid");
          case Expression.RequestQuery query -> !inResponse;
          case Expression.RequestPath path -> !inResponse;
          case Expression.RequestPathParameter parameter -> !inResponse;
          case Expression.RequestBody body -> !inResponse;
          case Expression.ResponseHeader header -> inResponse;
          case Expression.ResponseBody body -> inResponse;
          case Expression.Template template -> {
            template.parts().forEach(part -> refuseSource(member, key, part, inResponse));
            yield true;
          }
        };
    if (!known) {
      throw OwnRefusals.invalid(member, "the value of " + key + " reads what is not there");
    }
  }

  /** A key as far as a message shows it. */
  static String shown(String key) {
    return key.length() > 100 ? key.substring(0, 100) + "…" : key;
  }

  private static dev.gatehouse.wire.ServiceException malformed(String member, String key) {
    return OwnRefusals.invalid(member, shown(key) + " is not a mapping that exists, or its value");
  }
}
