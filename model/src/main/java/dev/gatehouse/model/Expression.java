package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of a parameter mapping, parsed (http-api.md 8.3 [C]): a static text, one variable such as
 * {@code $request.header.name}, or a text with variables in braces such as {@code
 * ${request.path.name}-x}.
 */
public sealed interface Expression {

  /** Text that stands for itself. */
  record Static(String text) implements Expression {}

  /** A header of the original request. */
  record RequestHeader(String name) implements Expression {}

  /** A query parameter of the original request. */
  record RequestQuery(String name) implements Expression {}

  /** The request's path without the stage. */
  record RequestPath() implements Expression {}

  /** A path parameter of the matched route. */
  record RequestPathParameter(String name) implements Expression {}

  /**
   * The request's body.
   *
   * @param path into it
   */
  record RequestBody(JsonPath path) implements Expression {}

  /** A header of the integration's response. */
  record ResponseHeader(String name) implements Expression {}

  /**
   * The integration's response body.
   *
   * @param path into it
   */
  record ResponseBody(JsonPath path) implements Expression {}

  /** A context variable, without the {@code context.} prefix. */
  record Context(String name) implements Expression {}

  /** A stage variable. */
  record StageVariable(String name) implements Expression {}

  /** Texts and variables one after the other. */
  record Template(List<Expression> parts) implements Expression {}

  /** As it is configured; more than one variable, or text around one, needs braces. */
  default String text() {
    return switch (this) {
      case Static(String text) -> text;
      case Template(List<Expression> parts) ->
          String.join(
              "",
              parts.stream()
                  .map(each -> each instanceof Static ? each.text() : braced(each.text()))
                  .toList());
      case RequestHeader(String name) -> "$request.header." + name;
      case RequestQuery(String name) -> "$request.querystring." + name;
      case RequestPath path -> "$request.path";
      case RequestPathParameter(String name) -> "$request.path." + name;
      case RequestBody(JsonPath path) -> "$request.body" + path.text();
      case ResponseHeader(String name) -> "$response.header." + name;
      case ResponseBody(JsonPath path) -> "$response.body" + path.text();
      case Context(String name) -> "$context." + name;
      case StageVariable(String name) -> "$stageVariables." + name;
    };
  }

  private static String braced(String variable) {
    return "${" + variable.substring(1) + "}";
  }

  /** Whether it needs the body of the message that it is taken from. */
  default boolean readsBody() {
    return switch (this) {
      case RequestBody body -> true;
      case ResponseBody body -> true;
      case Template(List<Expression> parts) -> parts.stream().anyMatch(Expression::readsBody);
      case Static text -> false;
      case RequestHeader header -> false;
      case RequestQuery query -> false;
      case RequestPath path -> false;
      case RequestPathParameter parameter -> false;
      case ResponseHeader header -> false;
      case Context context -> false;
      case StageVariable variable -> false;
    };
  }

  /** Parses a mapping's value; empty where a variable is not one of those that exist. */
  static Optional<Expression> parse(String text) {
    if (text.startsWith("$") && !text.startsWith("${")) {
      return variable(text.substring(1));
    }
    return text.contains("${") ? template(text) : Optional.of(new Static(text));
  }

  private static Optional<Expression> template(String text) {
    List<Expression> parts = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
      int close = text.indexOf('}', open);
      Optional<Expression> part =
          close < 0 ? Optional.empty() : variable(text.substring(open + 2, close));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      if (open > from) {
        parts.add(new Static(text.substring(from, open)));
      }
      parts.add(part.get());
      from = close + 1;
    }
    if (from < text.length()) {
      parts.add(new Static(text.substring(from)));
    }
    return Optional.of(parts.size() == 1 ? parts.getFirst() : new Template(List.copyOf(parts)));
  }

  private static Optional<Expression> variable(String name) {
    String[] parts = name.split("\\.", 3);
    String rest = parts.length == 3 ? parts[2] : "";
    return switch (parts[0]) {
      case "request" -> parts.length < 2 ? Optional.empty() : ofRequest(parts[1], rest);
      case "response" -> parts.length < 2 ? Optional.empty() : ofResponse(parts[1], rest);
      case "context" -> named(name, "context.").map(Context::new);
      case "stageVariables" -> named(name, "stageVariables.").map(StageVariable::new);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> ofRequest(String place, String rest) {
    return switch (place) {
      case "header" -> given(rest).map(RequestHeader::new);
      case "querystring" -> given(rest).map(RequestQuery::new);
      case "body" -> JsonPath.parse(rest).map(RequestBody::new);
      case "path" ->
          Optional.of(rest.isEmpty() ? new RequestPath() : new RequestPathParameter(rest));
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> ofResponse(String place, String rest) {
    return switch (place) {
      case "header" -> given(rest).map(ResponseHeader::new);
      case "body" -> JsonPath.parse(rest).map(ResponseBody::new);
      default -> Optional.empty();
    };
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> named(String name, String prefix) {
    return name.startsWith(prefix) ? given(name.substring(prefix.length())) : Optional.empty();
  }
}
