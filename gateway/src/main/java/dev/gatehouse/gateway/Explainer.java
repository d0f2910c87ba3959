package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation;
import dev.gatehouse.gateway.report.Explanation.ApiChosen;
import dev.gatehouse.gateway.report.Explanation.Asked;
import dev.gatehouse.gateway.report.Explanation.AuthorizerAsked;
import dev.gatehouse.gateway.report.Explanation.NotChosen;
import dev.gatehouse.gateway.report.Explanation.RouteChosen;
import dev.gatehouse.gateway.report.Explanation.StageChosen;
import dev.gatehouse.gateway.report.Explanation.Target;
import dev.gatehouse.gateway.report.Explanation.Throttle;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.route.RouteTable.Match;
import dev.gatehouse.gateway.throttle.Limit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes a request's way without sending anything: the steps of {@link Exchange}, each told. Takes no
 * token out of a bucket and asks nobody.
 */
final class Explainer {
  private final Asked asked;
  private final String account;
  private List<NotChosen> near = List.of();

  Explainer(String method, String host, String target, String account) {
    this.asked = new Asked(method, host, upTo(target, '?'));
    this.account = account;
  }

  /**
   * Explains a request.
   *
   * @param target path and query
   * @param account whose APIs are told of
   */
  static Explanation explain(
      Snapshot snapshot, String method, String host, String target, String account) {
    return new Explainer(method, host, target, account).explain(snapshot, target);
  }

  private Explanation explain(Snapshot snapshot, String target) {
    String ascii = RequestPath.ascii(target);
    if (ascii == null || !Address.isHost(asked.host())) {
      return ended("400 Bad Request: the host or the path has what neither may have.", null);
    }
    Address address = Address.of(asked.host(), ascii);
    if (address == null) {
      return ended("No API: the host and the path are those of the server's other services.", null);
    }
    LiveApi api = snapshot.api(address.apiId());
    boolean own =
        api != null
            && api.stages().values().stream()
                .allMatch(stage -> stage.scope().account().equals(account));
    if (api == null || !own) {
      return ended("404 Not Found: no API " + address.apiId() + " of yours is served.", null);
    }
    return inApi(api, address);
  }

  private Explanation inApi(LiveApi api, Address address) {
    ApiChosen chosen = new ApiChosen(api.apiId(), "the " + form(address.form()) + " names it");
    String decoded = RequestPath.decode(address.line().rawPath());
    if (decoded == null) {
      return ended("400 Bad Request: the path has an escape that is none.", chosen);
    }
    StagePath at = StagePath.of(api, address.line(), decoded);
    if (at == null) {
      return ended("404 Not Found: " + noStage(api), chosen);
    }
    StageChosen stage =
        new StageChosen(
            at.stage().name(), why(at, address), at.path(), at.stage().revision(), others(api, at));
    Match<LiveRoute> match = at.stage().routes().match(asked.method(), at.path());
    near =
        at.stage().routes().near(asked.method(), at.path()).stream()
            .map(each -> new NotChosen(each.route().routeKey(), each.why()))
            .toList();
    return match == null ? unrouted(chosen, stage, at.stage()) : routed(chosen, stage, at, match);
  }

  private static String form(Address.Form form) {
    return switch (form) {
      case HOST -> "host";
      case PATH -> "path";
      case PATH_WITH_STAGE -> "path, which names the stage, too,";
    };
  }

  private static String noStage(LiveApi api) {
    boolean disabled = api.stages().values().stream().anyMatch(LiveStage::endpointDisabled);
    return disabled
        ? "the API's execute-api endpoint is disabled."
        : "the path's first segment names no stage that is deployed, of " + names(api) + ".";
  }

  private static List<String> names(LiveApi api) {
    return api.stages().keySet().stream().sorted().toList();
  }

  private static List<String> others(LiveApi api, StagePath at) {
    return names(api).stream().filter(name -> !name.equals(at.stage().name())).toList();
  }

  private static String why(StagePath at, Address address) {
    if (address.line().stageName() != null) {
      return "the address names it";
    }
    return at.stage().isDefault()
        ? "the path's first segment names no other stage"
        : "the path's first segment names it; no other stage is looked at";
  }

  private Explanation unrouted(ApiChosen api, StageChosen chosen, LiveStage stage) {
    String outcome =
        stage.cors() != null && asked.method().equals("OPTIONS")
            ? "204 with CORS headers for a preflight (Origin, Access-Control-Request-Method), 404"
                + " Not Found for anything else: no route takes OPTIONS here."
            : "404 Not Found: no route takes the request.";
    return new Explanation(outcome, asked, api, chosen, null, near, null, null);
  }

  private Explanation routed(
      ApiChosen api, StageChosen chosen, StagePath at, Match<LiveRoute> match) {
    LiveStage stage = at.stage();
    LiveRoute route = match.route();
    Backend backend = stage.backend(route);
    Target target = backend.describe(route, new ArrayList<>(match.values()), at, asked.method());
    AuthorizerAsked authorizer = authorizer(stage, route);
    String guarded =
        authorizer == null
            ? ""
            : route.signed()
                ? ", once its signature and the caller's policies allow it,"
                : ", once its authorizer allows it,";
    return new Explanation(
        outcome(route.routeKey() + guarded, target),
        asked,
        api,
        chosen,
        new RouteChosen(
            route.routeKey(),
            parameters(route, match.values()),
            throttle(stage.throttles().limit(route.routeKey()))),
        near,
        authorizer,
        target);
  }

  private static @Nullable AuthorizerAsked authorizer(LiveStage stage, LiveRoute route) {
    if (route.signed()) {
      return new AuthorizerAsked(
          "",
          "AWS_IAM",
          List.of(),
          "the signature, then execute-api:Invoke by the caller's policies");
    }
    LiveAuthorizer authorizer = stage.authorizer(route);
    return authorizer == null ? null : authorizer.describe(String.valueOf(route.authorizerId()));
  }

  private static String outcome(String route, Target target) {
    if (target.uri() == null) {
      return route + " goes to nothing: " + target.note() + ".";
    }
    String method = target.method() == null ? "" : target.method() + " ";
    return route + " goes to " + method + upTo(target.uri(), '?') + ".";
  }

  private static Map<String, String> parameters(LiveRoute route, List<String> values) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(values.size(), route.variables().size()); i++) {
      parameters.put(route.variables().get(i), values.get(i));
    }
    return parameters;
  }

  private static @Nullable Throttle throttle(@Nullable Limit limit) {
    return limit == null ? null : new Throttle(limit.rate(), limit.burst());
  }

  private static String upTo(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private Explanation ended(String outcome, @Nullable ApiChosen api) {
    return new Explanation(outcome, asked, api, null, null, near, null, null);
  }
}
