package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.model.Expression;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of mapping expressions (http-api.md 8.3). All of them read the original messages, whatever
 * other mappings do.
 */
final class Evaluation {
  private Evaluation() {}

  /**
   * The value of an expression.
   *
   * @param response the integration's response; null while the request is mapped
   * @return null where the source is missing, so that the mapping does nothing [L]
   */
  static @Nullable String of(
      Expression expression, Exchange exchange, @Nullable HttpResponse response) {
    return switch (expression) {
      case Expression.Static text -> text.text();
      case Expression.RequestHeader header -> joined(exchange.request().headers(), header.name());
      case Expression.RequestQuery query ->
          QueryString.joined(exchange.line().rawQuery(), query.name());
      case Expression.RequestPath path -> exchange.path();
      case Expression.RequestPathParameter parameter -> pathParameter(exchange, parameter.name());
      case Expression.RequestBody body -> null;
      case Expression.ResponseHeader header ->
          response == null ? null : joined(response.headers(), header.name());
      case Expression.ResponseBody body -> null;
      case Expression.Context context -> ContextVariables.value(exchange, context.name());
      case Expression.StageVariable variable -> exchange.stage().variables().get(variable.name());
      case Expression.Template template -> concatenated(template.parts(), exchange, response);
    };
  }

  private static @Nullable String joined(HttpHeaders headers, String name) {
    List<String> values = headers.getAll(name);
    return values.isEmpty() ? null : String.join(",", values);
  }

  private static @Nullable String pathParameter(Exchange exchange, String name) {
    int index = exchange.route().variables().indexOf(name);
    return index < 0 || index >= exchange.pathValues().size()
        ? null
        : exchange.pathValues().get(index);
  }

  private static @Nullable String concatenated(
      List<Expression> parts, Exchange exchange, @Nullable HttpResponse response) {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    for (Expression part : parts) {
      String value = of(part, exchange, response);
      if (value != null) {
        text.append(value);
        any = true;
      }
    }
    return any ? text.toString() : null;
  }
}
