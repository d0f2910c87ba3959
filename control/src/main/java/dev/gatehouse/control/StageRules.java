package dev.gatehouse.control;

import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.Api;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import dev.gatehouse.store.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a stage may be (control-plane.md section 9). */
final class StageRules {
  private static final Pattern NAME = Pattern.compile("\\$default|[A-Za-z0-9_-]+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9-._~:/?#&=,]{1,512}");

  private StageRules() {}

  /** The members that a stage has when the caller gives none [C]. */
  static ObjectNode defaults(ProtocolType protocol) {
    ObjectNode stage = Desk.object();
    ObjectNode settings = stage.putObject("defaultRouteSettings");
    settings.put("detailedMetricsEnabled", false);
    if (protocol == ProtocolType.WEBSOCKET) {
      settings.put("dataTraceEnabled", false).put("loggingLevel", "OFF");
    }
    stage.putObject("tags");
    return stage;
  }

  /** Puts in the empty maps that AWS returns, and takes the mark of a log group's streams off. */
  static void complete(ObjectNode stage) {
    stage.withObject("routeSettings");
    stage.withObject("stageVariables");
    if (stage.get("accessLogSettings") instanceof ObjectNode log
        && log.path("destinationArn").asString("").endsWith(":*")) {
      String arn = log.get("destinationArn").stringValue();
      log.put("destinationArn", arn.substring(0, arn.length() - 2));
    }
  }

  /** Holds a stage that has been completed against the rules. */
  static void check(View view, Call call, Api api, ObjectNode body, Limits limits) {
    Scope scope = call.scope();
    Stage stage = Desk.bind(body, Stage.class);
    if (!NAME.matcher(stage.stageName()).matches()) {
      throw OwnRefusals.invalid(
          "stageName", "it is $default or has letters, digits, hyphens and underscores");
    }
    TagRules.check(stage.tags(), limits);
    checkVariables(stage.stageVariables(), limits);
    List<RouteSettings> settings = new ArrayList<>(stage.routeSettings().values());
    settings.add(stage.defaultRouteSettings());
    settings.forEach(each -> checkSettings(api, each));
    if (settings.stream().anyMatch(StageRules::logs) && !Accounts.hasLoggingRole(view, scope)) {
      throw Refusals.noLoggingRole();
    }
    refuseUnknownRoutes(view, call, api);
    if (stage.accessLogSettings() != null) {
      AccessLogRules.check(stage.accessLogSettings());
    }
    if (stage.clientCertificateId() != null && api.protocolType() == ProtocolType.HTTP) {
      throw OwnRefusals.onlyFor("WebSocket", "clientCertificateId");
    }
    if (stage.deploymentId() != null) {
      Kind.DEPLOYMENT.below(scope, api.apiId()).require(view, stage.deploymentId());
    }
  }

  private static void checkVariables(Map<String, String> variables, Limits limits) {
    if (variables.size() > limits.stageVariables()) {
      throw OwnRefusals.invalid(
          "stageVariables", "a stage has " + limits.stageVariables() + " at most");
    }
    variables.forEach((name, value) -> {
      if (!VARIABLE.matcher(name).matches()) {
        throw OwnRefusals.invalid(
            "stageVariables", "a name has 1 to 64 letters, digits and underscores");
      }
      if (!VARIABLE_VALUE.matcher(value).matches()) {
        throw OwnRefusals.invalid("stageVariables", "a value has 1 to 512 of A-Za-z0-9-._~:/?#&=,");
      }
    });
  }

  /** Looks at the keys of this call only: settings stay when their route goes. */
  private static void refuseUnknownRoutes(View view, Call call, Api api) {
    if (call.given().get("routeSettings") instanceof ObjectNode settings) {
      for (String key : settings.propertyNames()) {
        if (!hasRoute(view, call.scope(), api, key)) {
          throw Refusals.settingsOfUnknownRoute(key);
        }
      }
    }
  }

  private static boolean hasRoute(View view, Scope scope, Api api, String key) {
    String unique = api.protocolType() == ProtocolType.HTTP ? RouteKeys.canonical(key) : key;
    return view.findUnique(Kind.ROUTE.below(scope, api.apiId()).shelf(), unique)
        .map(Drawer::body)
        .map(body -> Desk.bind(body, Route.class))
        .filter(route -> route.routeKey().equals(key))
        .isPresent();
  }

  private static boolean logs(RouteSettings settings) {
    boolean level = settings.loggingLevel() != null && !settings.loggingLevel().equals("OFF");
    return level || Boolean.TRUE.equals(settings.dataTraceEnabled());
  }

  private static void checkSettings(Api api, RouteSettings settings) {
    if (api.protocolType() == ProtocolType.HTTP
        && (settings.dataTraceEnabled() != null || settings.loggingLevel() != null)) {
      throw Refusals.noExecutionLogsOnHttp();
    }
    checkNotNegative("throttlingBurstLimit", settings.throttlingBurstLimit());
    checkNotNegative("throttlingRateLimit", settings.throttlingRateLimit());
  }

  private static void checkNotNegative(
      String member, @org.jspecify.annotations.Nullable Number value) {
    if (value != null && !(value.doubleValue() >= 0 && value.doubleValue() <= Double.MAX_VALUE)) {
      throw OwnRefusals.invalid(member, "it is a number, 0 or more");
    }
  }

  /** The rules of access-log settings [C/L]. */
  private static final class AccessLogRules {
    private static final int MAX_FORMAT = 3 * 1024;
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern DESTINATION =
        Pattern.compile(
            "arn:aws[a-z-]*:logs:[a-z0-9-]+:\\d{12}:log-group:\\S+"
                + "|arn:aws[a-z-]*:firehose:[a-z0-9-]+:\\d{12}:deliverystream/"
                + "amazon-apigateway-\\S+");

    private static void check(AccessLogSettings settings) {
      String destination = settings.destinationArn();
      String format = settings.format();
      if (destination == null || format == null) {
        throw OwnRefusals.invalid("accessLogSettings", "it has a destinationArn and a format");
      }
      if (!DESTINATION.matcher(destination).matches()) {
        throw OwnRefusals.invalid(
            "destinationArn", "a log group or a delivery stream named amazon-apigateway-…");
      }
      if (format.getBytes(StandardCharsets.UTF_8).length > MAX_FORMAT) {
        throw OwnRefusals.invalid("format", "it has 3 KB at most");
      }
      if (LINE_END.matcher(format).find() || !namesRequest(format)) {
        throw OwnRefusals.invalid(
            "format", "one line with $context.requestId or $context.extendedRequestId in it");
      }
    }

    private static boolean namesRequest(String format) {
      return format.contains("$context.requestId") || format.contains("$context.extendedRequestId");
    }
  }
}
