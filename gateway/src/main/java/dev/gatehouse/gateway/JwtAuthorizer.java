package dev.gatehouse.gateway;

import dev.gatehouse.gateway.jwt.Demand;
import dev.gatehouse.gateway.jwt.Tokens;
import dev.gatehouse.gateway.jwt.Verdict;
import dev.gatehouse.gateway.report.Explanation.AuthorizerAsked;
import dev.gatehouse.model.Expression;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JWT authorizer: a signed token decides (http-api.md 9.1 to 9.3). */
record JwtAuthorizer(Tokens tokens, Expression source, Demand demand) implements LiveAuthorizer {
  private static final String BEARER = "Bearer";
  private static final String NO_SCOPE = "the token has none of the route's scopes";

  /** What no parameter of a challenge may hold. */
  private static final Pattern UNSHOWN = Pattern.compile("[^ !#-\\[\\]-~]");

  @Override
  public CompletableFuture<Decision> decide(Exchange exchange) {
    String token = token(exchange);
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Decision.Deny(Fault.UNAUTHORIZED, "there is no token", BEARER));
    }
    List<String> scopes = exchange.route().scopes();
    Verdict.Valid remembered = tokens.remembered(demand, token);
    return remembered != null
        ? CompletableFuture.completedFuture(decision(remembered, scopes))
        : CompletableFuture.supplyAsync(
            () -> decision(verify(token), scopes), Authorization::onThread);
  }

  @Override
  public AuthorizerAsked describe(String authorizerId) {
    return new AuthorizerAsked(
        authorizerId,
        "JWT",
        List.of(source.text()),
        "for a token of " + demand.issuer() + " for one of " + demand.audience());
  }

  private String token(Exchange exchange) {
    String value = Evaluation.of(source, exchange, null);
    if (value == null) {
      return "";
    }
    boolean prefixed =
        value.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && (value.length() == BEARER.length() || value.charAt(BEARER.length()) == ' ');
    return (prefixed ? value.substring(BEARER.length()) : value).trim();
  }

  private Verdict verify(String token) {
    try {
      return tokens.verify(demand, token);
    } catch (InterruptedException stopped) {
      throw new CompletionException(stopped);
    }
  }

  private static Decision decision(Verdict verdict, @Nullable List<String> scopes) {
    return switch (verdict) {
      case Verdict.Invalid(String description) ->
          new Decision.Deny(
              Fault.UNAUTHORIZED,
              "invalid_token: " + description,
              challenge(scopes, "invalid_token", description));
      case Verdict.Valid valid ->
          scopes == null || valid.scopes().stream().anyMatch(scopes::contains)
              ? new Decision.Allow(new JwtContext(valid, scopes != null))
              : new Decision.Deny(
                  Fault.FORBIDDEN,
                  "insufficient_scope: " + NO_SCOPE,
                  challenge(scopes, "insufficient_scope", NO_SCOPE));
    };
  }

  /** Parameters are told apart by spaces, not commas [C]. */
  private static String challenge(@Nullable List<String> scopes, String error, String description) {
    String asked = scopes == null ? "" : UNSHOWN.matcher(String.join(" ", scopes)).replaceAll("?");
    String errors = "error=\"" + error + "\" error_description=\"" + description + "\"";
    return BEARER + " scope=\"" + asked + "\" " + errors;
  }
}
