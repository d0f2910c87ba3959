package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.route.RouteTable.Match;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

/**
 * Finds a request's stage and route, and whether it may go on, in the order of http-api.md 0.1:
 * stage, route, CORS, throttle. Who may not is answered here.
 */
final class Admission {
  static final AsciiString API_KEY = AsciiString.cached("x-api-key");

  private Admission() {}

  /** Whether the request goes on to its route's authorizer and integration. */
  static boolean admits(Exchange exchange) {
    if (!selectsStage(exchange)) {
      return false;
    }
    LiveStage stage = exchange.stage();
    Match<LiveRoute> match = stage.routes().match(exchange.method().name(), exchange.path());
    if (match == null) {
      answerUnrouted(exchange);
      return false;
    }
    exchange.meet(match);
    long now = exchange.worker().nanos();
    if (!stage.throttles().admits(match.route().routeKey(), now)
        || !exchange.services().account().admits(stage.scope(), now)) {
      exchange.fault(Fault.TOO_MANY, "throttled");
      return false;
    }
    return !match.route().keyed() || hasKey(exchange);
  }

  private static boolean selectsStage(Exchange exchange) {
    String decoded = RequestPath.decode(exchange.line().rawPath());
    if (decoded == null) {
      exchange.fault(Fault.BAD_REQUEST, "no stage");
      return false;
    }
    LiveApi api = exchange.api();
    StagePath selected = api == null ? null : StagePath.of(api, exchange.line(), decoded);
    if (selected == null) {
      exchange.fault(Fault.NOT_FOUND, "no stage");
      return false;
    }
    exchange.select(selected);
    return true;
  }

  private static void answerUnrouted(Exchange exchange) {
    CorsPolicy cors = exchange.stage().cors();
    String origin = exchange.origin();
    boolean preflight =
        exchange.method().equals(HttpMethod.OPTIONS)
            && exchange.request().headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (cors == null || origin == null || !preflight) {
      exchange.fault(Fault.NOT_FOUND, "no route");
      return;
    }
    HttpResponse response = Answer.of(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    cors.preflight(origin, response.headers());
    exchange.respondAsIs(response);
  }

  /** Refuses the client where its API key does not open this route (beyond AWS). */
  private static boolean hasKey(Exchange exchange) {
    LiveStage at = exchange.stage();
    ApiKeyGuard.Outcome outcome =
        exchange
            .services()
            .ports()
            .keys()
            .take(
                new ApiKeyGuard.KeyedStage(at.scope(), at.apiId(), at.name()),
                exchange.route().routeKey(),
                exchange.request().headers().get(API_KEY));
    return switch (outcome) {
      case ApiKeyGuard.Admitted(String keyId) -> {
        exchange.apiKeyId(keyId);
        yield true;
      }
      case ApiKeyGuard.Refused _ -> {
        exchange.fault(Fault.FORBIDDEN, "the API key opens nothing here");
        yield false;
      }
      case ApiKeyGuard.Exhausted _ -> {
        exchange.fault(Fault.TOO_MANY, "the API key is used up");
        yield false;
      }
    };
  }
}
