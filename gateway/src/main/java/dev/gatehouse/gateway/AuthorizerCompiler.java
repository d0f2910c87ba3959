package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.FunctionUri;
import dev.gatehouse.gateway.jwt.Demand;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Expression;
import dev.gatehouse.model.JwtConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles the authorizers of an API for a stage. */
record AuthorizerCompiler(Authorization authorization) {

  /**
   * The authorizers by id.
   *
   * @param before those whose results stay in force where they have not changed
   */
  Map<String, LiveAuthorizer> compile(
      List<Authorizer> authorizers,
      Map<String, String> stageVariables,
      Map<String, LiveAuthorizer> before) {
    Map<String, LiveAuthorizer> compiled = new HashMap<>();
    for (Authorizer authorizer : authorizers) {
      String id = authorizer.authorizerId();
      LiveAuthorizer live = compile(authorizer, stageVariables);
      compiled.put(id, live instanceof LambdaAuthorizer fresh ? fresh.since(before.get(id)) : live);
    }
    return Map.copyOf(compiled);
  }

  private LiveAuthorizer compile(Authorizer authorizer, Map<String, String> variables) {
    List<Expression> sources = new ArrayList<>();
    for (String source : authorizer.identitySource()) {
      Optional<Expression> expression = Expression.parse(source);
      if (expression.isEmpty()) {
        return unusable(authorizer, "has an identity source that is none: " + source);
      }
      sources.add(expression.get());
    }
    return switch (authorizer.authorizerType()) {
      case "REQUEST" -> function(authorizer, List.copyOf(sources), variables);
      case "JWT" -> jwt(authorizer, sources);
      default -> unusable(authorizer, "is of a type that is not built yet");
    };
  }

  private LiveAuthorizer function(
      Authorizer authorizer, List<Expression> sources, Map<String, String> variables) {
    String uri = authorizer.authorizerUri();
    Optional<String> arn = uri == null ? Optional.empty() : FunctionUri.functionArn(uri, variables);
    if (arn.isEmpty()) {
      return unusable(authorizer, "names no function");
    }
    Integer ttl = authorizer.authorizerResultTtlInSeconds();
    return new LambdaAuthorizer(
        authorization.results(),
        new Era(),
        authorizer.authorizerId(),
        arn.get(),
        "2.0".equals(authorizer.authorizerPayloadFormatVersion()),
        Boolean.TRUE.equals(authorizer.enableSimpleResponses()),
        sources,
        ttl == null || sources.isEmpty() ? 0 : ttl,
        authorizer.authorizerCredentialsArn());
  }

  private LiveAuthorizer jwt(Authorizer authorizer, List<Expression> sources) {
    JwtConfiguration jwt = authorizer.jwtConfiguration();
    if (jwt == null || jwt.issuer() == null || jwt.audience() == null || sources.size() != 1) {
      return unusable(authorizer, "has no issuer, no audience or not one identity source");
    }
    return new JwtAuthorizer(
        authorization.tokens(),
        sources.getFirst(),
        new Demand(jwt.issuer(), List.copyOf(jwt.audience())));
  }

  private static LiveAuthorizer unusable(Authorizer authorizer, String reason) {
    return new LiveAuthorizer.Unusable("authorizer " + authorizer.authorizerId() + " " + reason);
  }
}
