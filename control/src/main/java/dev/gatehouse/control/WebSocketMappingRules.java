package dev.gatehouse.control;

import dev.gatehouse.model.ParameterConstraints;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the parameter mappings of WebSocket APIs may be (websocket-api.md 6.1 [C]): a parameter of
 * the backend's request on one side, a value of the client's request, a variable or a text in
 * single quotes on the other.
 */
final class WebSocketMappingRules {
  private static final String NAME = "[a-zA-Z0-9._$-]+";

  private static final Pattern KEY =
      Pattern.compile("integration\\.request\\.(header|querystring|path)\\." + NAME);

  private static final String PARAMETER =
      "route\\.request\\.(multivalue)?(header|querystring)\\." + NAME;

  private static final Pattern SOURCE =
      Pattern.compile(
          PARAMETER + "|route\\.request\\.body(\\.\\S+)?|(context|stageVariables)\\." + NAME);

  private static final Pattern DECLARED = Pattern.compile(PARAMETER);

  private WebSocketMappingRules() {}

  /** Holds an integration's request parameters against the grammar. */
  static void checkRequest(Map<String, String> mappings) {
    mappings.forEach((key, value) -> {
      if (!KEY.matcher(key).matches()) {
        throw OwnRefusals.invalid(
            "requestParameters", "a key is integration.request.{header|querystring|path}.{name}");
      }
      if (!isText(value) && !SOURCE.matcher(value).matches()) {
        throw OwnRefusals.invalid(
            "requestParameters",
            "the value of "
                + MappingRules.shown(key)
                + " is route.request.{header|querystring|multivalueheader|"
                + "multivaluequerystring|body}.{name}, context.{name}, stageVariables.{name} or"
                + " a text in single quotes");
      }
    });
  }

  private static boolean isText(String value) {
    return value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
  }

  /** Holds the parameters that a route declares against the grammar. */
  static void checkDeclared(Map<String, ParameterConstraints> parameters) {
    for (String key : parameters.keySet()) {
      if (!DECLARED.matcher(key).matches()) {
        throw OwnRefusals.invalid(
            "requestParameters",
            "a key is route.request.{header|querystring|multivalueheader|"
                + "multivaluequerystring}.{name}");
      }
    }
  }
}
