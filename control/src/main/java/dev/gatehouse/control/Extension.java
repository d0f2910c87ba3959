package dev.gatehouse.control;

import dev.gatehouse.model.Extensions;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One setting of a resource that goes beyond AWS. All there are stand in one table here; what the
 * data plane makes of one stands in the resource's record in {@code model}.
 *
 * @param key what switches it on in the configuration
 * @param on whether it is switched on
 * @param expected completes "must be …"
 * @param form whether a value has the form
 * @param goesWith completes "goes with …"
 * @param fits whether the resource, as it is stored, can have it
 */
record Extension(
    Kind kind,
    String member,
    String key,
    Predicate<Extensions> on,
    String expected,
    BiPredicate<JsonNode, Extensions> form,
    String goesWith,
    Predicate<ObjectNode> fits) {
  private static final int SHORTEST_MILLIS = 50;

  private static final List<Extension> ALL =
      List.of(
          new Extension(
              Kind.INTEGRATION,
              "streaming",
              "extensions.streaming",
              Extensions::streaming,
              "true or false",
              (value, on) -> value.isBoolean(),
              "integrations with a URL or a function",
              Extension::isProxy),
          new Extension(
              Kind.INTEGRATION,
              "timeoutInMillis",
              "extensions.timeout",
              Extensions::longTimeouts,
              "a whole number from 50 to what extensions.timeout allows",
              Extension::isTimeout,
              "integrations of HTTP APIs",
              integration -> true),
          new Extension(
              Kind.INTEGRATION,
              "webSocket",
              "extensions.web-socket-pass-through",
              Extensions::webSocket,
              "true or false",
              (value, on) -> value.isBoolean(),
              "HTTP_PROXY integrations",
              Extension::isHttpProxy),
          new Extension(
              Kind.ROUTE,
              "apiKeyRequired",
              "extensions.api-keys",
              Extensions::apiKeys,
              "true or false",
              (value, on) -> value.isBoolean(),
              "routes of HTTP APIs",
              route -> true));

  /** The setting of that name; empty where a resource of that kind has none such. */
  static Optional<Extension> find(Kind kind, String member) {
    return ALL.stream()
        .filter(extension -> extension.kind == kind && extension.member.equals(member))
        .findFirst();
  }

  /** The names of all that a resource of that kind can have. */
  static List<String> members(Kind kind) {
    return ALL.stream().filter(extension -> extension.kind == kind).map(Extension::member).toList();
  }

  /** Refuses a value that the resource cannot have. */
  void check(ObjectNode resource, JsonNode value, Extensions extensions) {
    if (!on.test(extensions)) {
      throw RolloutRefusals.extensionOff(member, key);
    }
    if (!form.test(value, extensions)) {
      throw RolloutRefusals.wrongExtension(member, "it must be " + expected);
    }
    if (!fits.test(resource)) {
      throw RolloutRefusals.wrongExtension(member, "it goes with " + goesWith + " only");
    }
  }

  private static boolean isTimeout(JsonNode value, Extensions on) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= SHORTEST_MILLIS
        && value.intValue() <= on.longestTimeoutMillis();
  }

  private static boolean isProxy(ObjectNode integration) {
    return isHttpProxy(integration)
        || (integration.path("integrationType").asString("").equals("AWS_PROXY")
            && !integration.has("integrationSubtype"));
  }

  private static boolean isHttpProxy(ObjectNode integration) {
    return integration.path("integrationType").asString("").equals("HTTP_PROXY");
  }
}
