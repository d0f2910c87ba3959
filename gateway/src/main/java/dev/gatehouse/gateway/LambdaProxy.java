package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.Target;
import dev.gatehouse.model.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AWS_PROXY integration with a function (http-api.md section 4).
 *
 * @param version2 whether the payload format is 2.0
 * @param streams whether a function may stream its answer: beyond AWS
 * @param role in whose name the function is invoked; null where its resource policy counts
 */
record LambdaProxy(
    String functionArn,
    boolean version2,
    RequestMapping requestMapping,
    ResponseMapping responseMapping,
    int timeoutMillis,
    boolean streams,
    @Nullable String role)
    implements Backend {

  @Override
  public Target describe(LiveRoute route, List<String> values, StagePath at, String method) {
    return new Target(
        "AWS_PROXY",
        route.integrationId(),
        null,
        functionArn,
        version2 ? "2.0" : "1.0",
        timeoutMillis,
        requestMapping.describe(),
        responseMapping.describe(),
        null);
  }

  @Override
  public Call call(Exchange exchange) {
    return new LambdaProxyCall(this, exchange);
  }

  /**
   * Who the function's resource policy sees: {@code …:{apiId}/{stage}/{METHOD}{path template}}
   * (control-plane.md 15.1 [L]).
   */
  static String sourceArn(LiveStage stage, LiveRoute route) {
    Scope scope = stage.scope();
    String key = route.routeKey();
    int space = key.indexOf(' ');
    String resource = space < 0 ? key : key.substring(0, space) + key.substring(space + 1);
    return String.join(
        "",
        "arn:aws:execute-api:",
        scope.region(),
        ":",
        scope.account(),
        ":",
        stage.apiId(),
        "/",
        stage.name(),
        "/",
        resource);
  }
}
