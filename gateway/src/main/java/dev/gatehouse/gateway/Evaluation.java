package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.HeaderText;
import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.model.Expression;
import dev.gatehouse.model.JsonPath;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of mapping expressions (http-api.md 8.3). All of them read the original messages, whatever
 * other mappings do.
 */
final class Evaluation {
  private Evaluation() {}

  /**
   * What an integration answered.
   *
   * @param body the start of the body; null where no mapping reads it
   */
  record Answer(HttpResponse head, @Nullable BodyStart body) {}

  /**
   * The value of an expression.
   *
   * @param answer the integration's; null while the request is mapped
   * @return null where the source is missing, so that the mapping does nothing [L]
   */
  static @Nullable String of(Expression expression, Exchange exchange, @Nullable Answer answer) {
    return switch (expression) {
      case Expression.Static text -> text.text();
      case Expression.RequestHeader header -> joined(exchange.request().headers(), header.name());
      case Expression.RequestQuery query ->
          QueryString.joined(exchange.line().rawQuery(), query.name());
      case Expression.RequestPath path -> exchange.path();
      case Expression.RequestPathParameter parameter -> pathParameter(exchange, parameter.name());
      case Expression.RequestBody body -> inBody(exchange.bodyStart(), body.path());
      case Expression.ResponseHeader header ->
          answer == null ? null : joined(answer.head().headers(), header.name());
      case Expression.ResponseBody body ->
          answer == null ? null : inBody(answer.body(), body.path());
      case Expression.Context context -> inContext(exchange, context.name(), answer != null);
      case Expression.StageVariable variable -> exchange.stage().variables().get(variable.name());
      case Expression.Template template -> concatenated(template.parts(), exchange, answer);
    };
  }

  private static @Nullable String inBody(@Nullable BodyStart body, JsonPath path) {
    return body == null ? null : body.value(path);
  }

  /** Once there is an answer, the variables that tell of it have values, too. */
  private static @Nullable String inContext(Exchange exchange, String name, boolean answered) {
    String value = ContextVariables.value(exchange, name);
    boolean told = answered && (name.startsWith("integration") || name.startsWith("awsEndpoint"));
    return value == null && told ? exchange.timeline().value(name) : value;
  }

  private static @Nullable String joined(HttpHeaders headers, String name) {
    Iterator<String> values = headers.valueStringIterator(name);
    if (!values.hasNext()) {
      return null;
    }
    String first = values.next();
    return HeaderText.read(values.hasNext() ? String.join(",", headers.getAll(name)) : first);
  }

  private static @Nullable String pathParameter(Exchange exchange, String name) {
    int index = exchange.route().variables().indexOf(name);
    return index < 0 || index >= exchange.pathValues().size()
        ? null
        : exchange.pathValues().get(index);
  }

  private static @Nullable String concatenated(
      List<Expression> parts, Exchange exchange, @Nullable Answer answer) {
    StringBuilder text = new StringBuilder();
    boolean any = false;
    for (Expression part : parts) {
      String value = of(part, exchange, answer);
      if (value != null) {
        text.append(value);
        any = true;
      }
    }
    return any ? text.toString() : null;
  }
}
