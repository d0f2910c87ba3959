package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.JwtConfiguration;
import dev.gatehouse.model.ProtocolType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What an authorizer may be (control-plane.md section 10). */
final class AuthorizerRules {
  private static final String JWT = "JWT";
  private static final String TTL = "authorizerResultTtlInSeconds";
  private static final int DEFAULT_TTL = 300;

  private static final Pattern URI =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/"
              + "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:\\S+/invocations");

  private static final Pattern ISSUER = Pattern.compile("https?://[^\\s/?#@]+[^\\s?#]*");

  private static final Pattern HTTP_SOURCE =
      Pattern.compile("\\$(request\\.header|request\\.querystring|context|stageVariables)\\.\\S+");

  private static final Pattern JWT_SOURCE =
      Pattern.compile("\\$request\\.(header|querystring)\\.\\S+");

  private static final Pattern WEBSOCKET_SOURCE =
      Pattern.compile("(route\\.request\\.(header|querystring)|context|stageVariables)\\.\\S+");

  private AuthorizerRules() {}

  /**
   * Writes what follows from other members. JWT authorizers have neither a payload version nor a
   * lifetime [C]; a Lambda authorizer of an HTTP API keeps its answers for 300 s where it has
   * identity sources, else not at all [L].
   */
  static void complete(Api api, ObjectNode given, ObjectNode authorizer) {
    if (isJwt(authorizer)) {
      authorizer.remove(List.of("authorizerPayloadFormatVersion", TTL, "enableSimpleResponses"));
    } else if (api.protocolType() == ProtocolType.HTTP) {
      if (!authorizer.has("enableSimpleResponses")) {
        authorizer.put("enableSimpleResponses", false);
      }
      boolean sources = !authorizer.path("identitySource").isEmpty();
      if (!authorizer.has(TTL)) {
        authorizer.put(TTL, sources ? DEFAULT_TTL : 0);
      } else if (!sources && !given.has(TTL)) {
        authorizer.put(TTL, 0);
      }
    }
  }

  private static boolean isJwt(ObjectNode authorizer) {
    return authorizer.path("authorizerType").asString("").equals(JWT);
  }

  /** Holds an authorizer that has been completed against the rules. */
  static void check(Api api, ObjectNode body, Limits limits) {
    if (!body.has("name")) {
      throw OwnRefusals.required("name");
    }
    Authorizer authorizer = Desk.bind(body, Authorizer.class);
    IntegrationRules.checkRole("authorizerCredentialsArn", authorizer.authorizerCredentialsArn());
    switch (api.protocolType()) {
      case HTTP -> {
        if (isJwt(body)) {
          checkJwt(authorizer, limits);
        } else {
          checkHttpRequest(authorizer);
        }
      }
      case WEBSOCKET -> checkWebSocket(authorizer);
    }
  }

  private static void checkJwt(Authorizer authorizer, Limits limits) {
    if (authorizer.authorizerUri() != null || authorizer.authorizerCredentialsArn() != null) {
      throw OwnRefusals.invalid("authorizerUri", "JWT authorizers call no function");
    }
    if (authorizer.identitySource().size() != 1) {
      throw OwnRefusals.invalid("identitySource", "JWT authorizers have exactly one");
    }
    checkSources(authorizer, JWT_SOURCE);
    JwtConfiguration jwt = authorizer.jwtConfiguration();
    if (jwt == null || jwt.issuer() == null || jwt.audience() == null) {
      throw OwnRefusals.invalid(
          "jwtConfiguration", "JWT authorizers need an issuer and an audience");
    }
    if (jwt.audience().isEmpty() || jwt.audience().size() > limits.audiences()) {
      throw OwnRefusals.invalid(
          "jwtConfiguration", "an authorizer has 1 to " + limits.audiences() + " audiences");
    }
  }

  static void checkIssuer(String issuer) {
    if (!ISSUER.matcher(issuer).matches()) {
      throw OwnRefusals.invalid("jwtConfiguration", "the issuer is an https URL");
    }
  }

  private static void checkHttpRequest(Authorizer authorizer) {
    checkFunction(authorizer);
    String version = authorizer.authorizerPayloadFormatVersion();
    if (version == null) {
      throw Refusals.noAuthorizerPayloadFormatVersion();
    }
    if (!Set.of("1.0", "2.0").contains(version)) {
      throw OwnRefusals.invalid("authorizerPayloadFormatVersion", "it is 1.0 or 2.0");
    }
    if (Boolean.TRUE.equals(authorizer.enableSimpleResponses()) && version.equals("1.0")) {
      throw OwnRefusals.invalid("enableSimpleResponses", "it needs payload version 2.0");
    }
    checkSources(authorizer, HTTP_SOURCE);
    Integer ttl = authorizer.authorizerResultTtlInSeconds();
    if (authorizer.identitySource().isEmpty() && ttl != null && ttl > 0) {
      throw OwnRefusals.invalid(TTL, "it must be 0 without an identity source");
    }
  }

  private static void checkWebSocket(Authorizer authorizer) {
    if (authorizer.authorizerType().equals(JWT)) {
      throw OwnRefusals.invalid("authorizerType", "JWT is supported only for HTTP APIs");
    }
    checkFunction(authorizer);
    checkSources(authorizer, WEBSOCKET_SOURCE);
    if (authorizer.authorizerPayloadFormatVersion() != null) {
      throw OwnRefusals.onlyFor("HTTP", "authorizerPayloadFormatVersion");
    }
    if (Boolean.TRUE.equals(authorizer.enableSimpleResponses())) {
      throw OwnRefusals.onlyFor("HTTP", "enableSimpleResponses");
    }
    Integer ttl = authorizer.authorizerResultTtlInSeconds();
    if (ttl != null && ttl > 0) {
      throw OwnRefusals.onlyFor("HTTP", TTL);
    }
  }

  private static void checkFunction(Authorizer authorizer) {
    String uri = authorizer.authorizerUri();
    if (uri == null || !URI.matcher(uri).matches()) {
      throw OwnRefusals.invalid("authorizerUri", "it is the invocation URI of a function");
    }
    if (authorizer.jwtConfiguration() != null) {
      throw OwnRefusals.invalid("jwtConfiguration", "it goes with JWT authorizers only");
    }
  }

  private static void checkSources(Authorizer authorizer, Pattern form) {
    for (String source : authorizer.identitySource()) {
      if (!form.matcher(source).matches()) {
        throw OwnRefusals.invalid("identitySource", "an item is not a source of this authorizer");
      }
    }
  }
}
