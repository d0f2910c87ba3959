package dev.gatehouse.gateway;

import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.ApiRelease.Whole;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Cors;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationExtensions;
import dev.gatehouse.model.IntegrationType;
import dev.gatehouse.model.JwtConfiguration;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import dev.gatehouse.model.TlsConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an API as the control plane would hand it to the data plane. */
final class Definitions {
  static final String API_ID = "a1b2c3d4e5";

  private final List<Route> routes = new ArrayList<>();
  private final List<Authorizer> authorizers = new ArrayList<>();
  private final List<Integration> integrations = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private @Nullable Cors cors;
  private AuthorizationType authorizationType = AuthorizationType.NONE;
  private @Nullable String authorizerId;
  private @Nullable List<String> scopes;
  private String stage = Stage.DEFAULT;
  private RouteSettings settings = new RouteSettings(null, false, null, null, null);
  private @Nullable AccessLogSettings log;
  private final Map<String, RouteSettings> routeSettings = new HashMap<>();
  private @Nullable Long reset;

  Definitions stage(String name) {
    stage = name;
    return this;
  }

  Definitions variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Definitions cors(Cors configuration) {
    cors = configuration;
    return this;
  }

  /** An access log. */
  Definitions log(String format) {
    log = new AccessLogSettings("arn:aws:logs:us-east-1:123456789012:log-group:g", format);
    return this;
  }

  /** What authorizers answered before that is void. */
  Definitions reset(long revision) {
    reset = revision;
    return this;
  }

  /** A limit for every route by itself. */
  Definitions throttle(double rate, int burst) {
    settings = limit(rate, burst);
    return this;
  }

  /** A limit for one route. */
  Definitions throttle(String routeKey, double rate, int burst) {
    routeSettings.put(routeKey, limit(rate, burst));
    return this;
  }

  private static RouteSettings limit(double rate, int burst) {
    return new RouteSettings(null, null, null, burst, rate);
  }

  /** Routes that follow name that authorizer. */
  Definitions detached(String id) {
    authorizerId = id;
    return this;
  }

  /** Routes that follow need a token. */
  Definitions jwt(String issuer, List<String> audience) {
    authorizers.add(
        new Authorizer(
            "jwt001",
            "JWT",
            "jwt",
            List.of("$request.header.Authorization"),
            null,
            null,
            null,
            null,
            null,
            null,
            new JwtConfiguration(audience, issuer)));
    authorizationType = AuthorizationType.JWT;
    authorizerId = "jwt001";
    return this;
  }

  /** Routes that follow need a token with one of these scopes. */
  Definitions scopes(String... any) {
    scopes = List.of(any);
    return this;
  }

  /** Routes that follow are decided on by a function. */
  Definitions authorizer(
      String id, String functionArn, String version, boolean simple, int ttl, String... sources) {
    authorizers.add(
        new Authorizer(
            id,
            "REQUEST",
            id,
            List.of(sources),
            null,
            version,
            ttl,
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + functionArn
                + "/invocations",
            simple,
            null,
            null));
    authorizationType = AuthorizationType.CUSTOM;
    authorizerId = id;
    return this;
  }

  /** Routes that follow must be signed. */
  Definitions signed() {
    authorizationType = AuthorizationType.AWS_IAM;
    return this;
  }

  /** A route to a URL. */
  Definitions http(String routeKey, String uri) {
    return http(routeKey, uri, "ANY", 30_000, Map.of(), Map.of());
  }

  Definitions http(
      String routeKey,
      String uri,
      String method,
      int timeout,
      Map<String, String> request,
      Map<String, Map<String, String>> response) {
    return route(
        routeKey,
        integration(IntegrationType.HTTP_PROXY, uri, method, "1.0", timeout, request, response));
  }

  /** A route to a private integration. */
  Definitions link(
      String routeKey,
      String arn,
      int timeout,
      Map<String, String> request,
      @Nullable TlsConfig tls) {
    return route(
        routeKey,
        new Integration(
            "i" + integrations.size(),
            IntegrationType.HTTP_PROXY,
            "VPC_LINK",
            "1.0",
            timeout,
            null,
            "l1n2k3",
            null,
            null,
            null,
            "ANY",
            null,
            null,
            arn,
            null,
            request,
            null,
            Map.of(),
            null,
            tls));
  }

  /** A route to a URL with what goes beyond AWS. */
  Definitions beyond(String routeKey, String uri, int timeout, IntegrationExtensions extensions) {
    return route(
        routeKey,
        integration(IntegrationType.HTTP_PROXY, uri, "ANY", "1.0", timeout, Map.of(), Map.of())
            .with(extensions));
  }

  /** A route to a function. */
  Definitions function(String routeKey, String arn, String version, int timeout) {
    return route(
        routeKey,
        integration(IntegrationType.AWS_PROXY, arn, "POST", version, timeout, Map.of(), Map.of()));
  }

  /** A route to a function with what goes beyond AWS. */
  Definitions beyondFunction(
      String routeKey, String arn, int timeout, IntegrationExtensions extensions) {
    return route(
        routeKey,
        integration(IntegrationType.AWS_PROXY, arn, "POST", "2.0", timeout, Map.of(), Map.of())
            .with(extensions));
  }

  Definitions route(String routeKey, Integration integration) {
    integrations.add(integration);
    routes.add(
        new Route(
            "r" + routes.size(),
            routeKey,
            false,
            authorizationType,
            null,
            scopes,
            authorizerId,
            null,
            null,
            null,
            null,
            null,
            "integrations/" + integration.integrationId(),
            null));
    return this;
  }

  private Integration integration(
      IntegrationType type,
      String uri,
      String method,
      String version,
      int timeout,
      Map<String, String> request,
      Map<String, Map<String, String>> response) {
    return new Integration(
        "i" + integrations.size(),
        type,
        "INTERNET",
        version,
        timeout,
        null,
        null,
        null,
        null,
        null,
        method,
        null,
        null,
        uri,
        null,
        request,
        null,
        response,
        null,
        null);
  }

  ApiRelease release() {
    Instant now = Instant.EPOCH;
    Api api =
        new Api(
            API_ID,
            "test",
            ProtocolType.HTTP,
            "$request.method $request.path",
            "$request.header.x-api-key",
            now,
            false,
            "ipv4",
            Map.of(),
            null,
            cors,
            null,
            null,
            null,
            null,
            null);
    Stage row =
        new Stage(
            stage,
            now,
            now,
            settings,
            Map.copyOf(routeSettings),
            variables,
            Map.of(),
            log,
            null,
            reset,
            null,
            null,
            "d1",
            null,
            null);
    Whole deployed = new Whole(1, api, authorizers, routes, integrations);
    return new ApiRelease(
        new Scope("123456789012", "us-east-1"),
        API_ID,
        ProtocolType.HTTP,
        List.of(new StageRelease(row, deployed)));
  }
}
