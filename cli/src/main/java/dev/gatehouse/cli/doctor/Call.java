package dev.gatehouse.cli.doctor;

import dev.gatehouse.client.FunctionArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A place where an API invokes a function.
 *
 * @param about a route or an authorizer
 * @param underRole whether a role takes the place of the function's policy
 * @param pattern of source ARNs that a statement for just this would allow
 * @param presented some of what is presented as source
 */
record Call(
    String about, FunctionArn function, boolean underRole, String pattern, List<String> presented) {
  private static final List<String> SOME_METHODS = List.of("GET", "POST");

  /** Every such place. */
  static List<Call> of(Patient api) {
    List<Call> calls = new ArrayList<>();
    for (JsonNode route : api.routes()) {
      api.target(route).flatMap(target -> ofRoute(api, route, target)).ifPresent(calls::add);
    }
    for (JsonNode authorizer : api.authorizers()) {
      ofAuthorizer(api, authorizer).ifPresent(calls::add);
    }
    return calls;
  }

  private static Optional<Call> ofRoute(Patient api, JsonNode route, JsonNode target) {
    return FunctionArn.in(target.path("integrationUri").asString(""))
        .map(function ->
            new Call(
                "route " + Patient.key(route),
                function,
                target.has("credentialsArn"),
                function.routeSource(api.id(), Patient.key(route)),
                presented(api, route, function)));
  }

  /** Of each stage, and of more than one method where all may come. */
  private static List<String> presented(Patient api, JsonNode route, FunctionArn function) {
    String key = Patient.key(route);
    int space = key.indexOf(' ');
    String method = key.substring(0, Math.max(0, space));
    List<String> methods = method.equals("ANY") ? SOME_METHODS : List.of(method);
    List<String> stages =
        api.stages().isEmpty()
            ? List.of("$default")
            : api.stages().stream().map(each -> each.path("stageName").asString("")).toList();
    return stages.stream()
        .flatMap(stage -> methods.stream().map(each -> stage + "/" + each))
        .map(start -> function.source(api.id(), start + key.substring(space + 1)))
        .toList();
  }

  /** The source is the authorizer itself (http-api.md 5.2 [C]). */
  private static Optional<Call> ofAuthorizer(Patient api, JsonNode authorizer) {
    return FunctionArn.in(authorizer.path("authorizerUri").asString(""))
        .map(function -> {
          String id = authorizer.path("authorizerId").asString("");
          String source = function.source(api.id(), "authorizers/" + id);
          return new Call(
              "authorizer " + authorizer.path("name").asString(""),
              function,
              authorizer.has("authorizerCredentialsArn"),
              source,
              List.of(source));
        });
  }
}
