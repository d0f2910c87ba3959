package dev.gatehouse.cli.doctor;

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
    String about, FunctionUri function, boolean underRole, String pattern, List<String> presented) {

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
    return FunctionUri.in(target.path("integrationUri").asString(""))
        .map(function ->
            new Call(
                "route " + Patient.key(route),
                function,
                target.has("credentialsArn"),
                SourceArn.pattern(api, route, function),
                SourceArn.presented(api, route, function)));
  }

  /** The source is the authorizer itself (http-api.md 5.2 [C]). */
  private static Optional<Call> ofAuthorizer(Patient api, JsonNode authorizer) {
    return FunctionUri.in(authorizer.path("authorizerUri").asString(""))
        .map(function -> {
          String source =
              SourceArn.prefix(api, function)
                  + "authorizers/"
                  + authorizer.path("authorizerId").asString("");
          return new Call(
              "authorizer " + authorizer.path("name").asString(""),
              function,
              authorizer.has("authorizerCredentialsArn"),
              source,
              List.of(source));
        });
  }
}
