package dev.gatehouse.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a function in its parts.
 *
 * @param qualifier a version or alias; null for none
 */
public record FunctionArn(
    String partition, String region, String account, String name, @Nullable String qualifier) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws[a-z-]*):lambda:([a-z0-9-]+):(\\d{12}):function:([A-Za-z0-9_-]+)(?::([^:/]+))?");
  private static final String INVOCATIONS = ":lambda:path/2015-03-31/functions/";

  /**
   * Reads an ARN, or either form of an integration's or authorizer's URI; empty for what names no
   * function.
   *
   * {@snippet class="ApiExamples" region="permission"}
   */
  public static Optional<FunctionArn> in(@Nullable String uri) {
    if (uri == null) {
      return Optional.empty();
    }
    int path = uri.indexOf(INVOCATIONS);
    String arn =
        path < 0
            ? uri
            : uri.substring(path + INVOCATIONS.length()).replaceFirst("/invocations$", "");
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches()
        ? Optional.of(
            new FunctionArn(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5)))
        : Optional.empty();
  }

  /** The form that WebSocket APIs and authorizers take. */
  static String invocations(String arn) {
    Optional<FunctionArn> function = in(arn);
    String partition = function.map(FunctionArn::partition).orElse("aws");
    String region = arn.split(":", -1).length > 3 ? arn.split(":", -1)[3] : "";
    return "arn:" + partition + ":apigateway:" + region + INVOCATIONS + arn + "/invocations";
  }

  /**
   * The ARN, with its version or alias where it has one.
   *
   * {@snippet class="ApiExamples" region="permission"}
   */
  public String arn() {
    return qualifier == null ? unqualified() : unqualified() + ":" + qualifier;
  }

  /** The ARN without a version or alias. */
  String unqualified() {
    return "arn:" + partition + ":lambda:" + region + ":" + account + ":function:" + name;
  }

  /**
   * What API Gateway says an invocation of this function comes from: {@code
   * arn:aws:execute-api:region:account:api/rest} (http-api.md 4.2 [C]).
   *
   * {@snippet class="ApiExamples" region="permission"}
   *
   * @param rest such as {@code prod/GET/items}, or {@code authorizers/} and an id
   */
  public String source(String apiId, String rest) {
    return "arn:" + partition + ":execute-api:" + region + ":" + account + ":" + apiId + "/" + rest;
  }

  /**
   * The pattern of all sources that one route has, in every stage.
   *
   * {@snippet class="ApiExamples" region="permission"}
   *
   * @param routeKey such as {@code GET /items}, {@code ANY /items}, {@code $default}
   */
  public String routeSource(String apiId, String routeKey) {
    int space = routeKey.indexOf(' ');
    String method = routeKey.substring(0, Math.max(0, space));
    String rest = (method.equals("ANY") ? "*" : method) + routeKey.substring(space + 1);
    return source(apiId, "*/" + rest);
  }
}
