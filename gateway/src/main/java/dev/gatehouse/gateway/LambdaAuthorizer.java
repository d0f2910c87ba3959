package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.AuthorizerAsked;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.model.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A REQUEST authorizer: a function decides (http-api.md 9.4 to 9.6).
 *
 * @param results those of all authorizers
 * @param era what its results are kept under
 * @param version2 whether the payload format is 2.0
 * @param simple whether it answers {@code isAuthorized} in place of a policy
 * @param ttlSeconds how long a result is kept; 0 where it is not
 * @param role in whose name the function is asked; null where its resource policy counts
 */
record LambdaAuthorizer(
    AuthorizerResults results,
    Era era,
    String authorizerId,
    String functionArn,
    boolean version2,
    boolean simple,
    List<Expression> sources,
    int ttlSeconds,
    @Nullable String role)
    implements LiveAuthorizer {

  @Override
  public CompletableFuture<Decision> decide(Exchange exchange) {
    List<String> identity = identity(exchange);
    if (identity == null) {
      return CompletableFuture.completedFuture(
          new Decision.Deny(Fault.UNAUTHORIZED, "an identity source is missing", null));
    }
    String arn = RouteArn.of(exchange);
    CompletableFuture<AuthorizerAnswer> answer =
        results.get(
            new AuthorizerResults.Key(era, identity, ttlSeconds),
            () -> ask(exchange, identity, arn));
    String sourceIp = ContextVariables.sourceIp(exchange);
    return answer.thenApply(told -> told.decide(arn, sourceIp));
  }

  @Override
  public AuthorizerAsked describe(String id) {
    String kept = ttlSeconds == 0 ? "" : ", or its answer of the last " + ttlSeconds + " s";
    return new AuthorizerAsked(
        id, "REQUEST", sources.stream().map(Expression::text).toList(), functionArn + kept);
  }

  /** The values of the sources in their order; null where one is missing or empty [C]. */
  private @Nullable List<String> identity(Exchange exchange) {
    List<String> values = new ArrayList<>(sources.size());
    for (Expression source : sources) {
      String value = Evaluation.of(source, exchange, null);
      if (value == null || value.isEmpty()) {
        return null;
      }
      values.add(value);
    }
    return List.copyOf(values);
  }

  private CompletableFuture<AuthorizerAnswer> ask(
      Exchange exchange, List<String> identity, String arn) {
    Event event = Event.bodiless(exchange);
    Authorization authorization = exchange.services().authorization();
    FunctionInvoker functions = exchange.services().functions();
    return CompletableFuture.supplyAsync(
            () -> AuthorizerEvent.write(event, version2, arn, identity), Authorization::onThread)
        .thenCompose(payload ->
            functions.invoke(
                new Invocation(
                    functionArn,
                    sourceArn(event.stage()),
                    event.stage().scope().account(),
                    payload,
                    Rights.of(role, null))))
        .thenApplyAsync(
            result -> AuthorizerAnswerReader.read(this, result, authorization.policies()),
            Authorization::onThread)
        .orTimeout(authorization.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Who the function's resource policy sees (http-api.md 9.5 [C]). */
  private String sourceArn(LiveStage stage) {
    return RouteArn.api(stage) + "/authorizers/" + authorizerId;
  }

  /** This authorizer, or the same one of before where it has not changed since. */
  LambdaAuthorizer since(@Nullable LiveAuthorizer before) {
    return before instanceof LambdaAuthorizer old && in(old.era).equals(old) ? old : this;
  }

  private LambdaAuthorizer in(Era another) {
    return new LambdaAuthorizer(
        results, another, authorizerId, functionArn, version2, simple, sources, ttlSeconds, role);
  }
}
