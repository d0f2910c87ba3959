package dev.gatehouse.server;

import dev.gatehouse.identity.Authentication;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.identity.WebPageGuard;
import dev.gatehouse.objects.ObjectStore;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import dev.gatehouse.wire.sigv4.ClaimReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the service that a call is for: ours by path, AWS's by the service in the signature's
 * scope, else by the path's shape. What matches nothing gets an error that names what was asked;
 * nothing falls through to another service.
 *
 * @param admin answers {@code /_gatehouse/…}
 * @param watching answers who watches from this machine
 * @param own answers what is there for callers that sign
 * @param objects checks its calls itself, as presigned URLs ask for
 * @param controls by the name that signatures use: {@code apigateway}, {@code lambda}
 */
record Switchboard(
    WebPageGuard guard,
    Authenticator authenticator,
    HttpService admin,
    Watching watching,
    OwnCalls own,
    ObjectStore objects,
    Map<String, CallerService> controls)
    implements HttpService {
  private static final String OBJECTS = "s3";

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    if (watching.answers(call)) {
      return watching.handle(call, guard);
    }
    if (call.rawPath().startsWith("/_gatehouse/")) {
      Optional<CallerService> service = own.find(call.rawPath());
      return service.isPresent() ? control("", service.get(), call) : admin.handle(call);
    }
    String service = service(call);
    if (service.equals(OBJECTS)) {
      return objects.handle(call);
    }
    if (service.isEmpty()) {
      return Errors.reply(
          404,
          "UnknownOperationException",
          "Nothing answers " + asked(call) + " without a signature.");
    }
    CallerService none = (caller, authenticated) -> notBuilt(service, authenticated);
    return control(service, controls.getOrDefault(service, none), call);
  }

  private String service(HttpCall call) {
    return switch (ClaimReader.read(call)) {
      case ClaimReader.Signed signed -> signed.claim().scope().service();
      case ClaimReader.Malformed malformed -> namesObjects(call) ? OBJECTS : byShape(call);
      case ClaimReader.Unsigned unsigned -> byShape(call);
    };
  }

  /**
   * Whether a signature that cannot be read is one for objects, which say no in words of their own.
   */
  private boolean namesObjects(HttpCall call) {
    String authorization = call.headers().first("Authorization").orElse("");
    return authorization.contains("/s3/aws4_request")
        || call.rawQuery().toLowerCase(Locale.ROOT).contains("%2fs3%2faws4_request")
        || objects.isForBucket(call);
  }

  /** Whom an unsigned call would be for, so that it is refused as that service refuses. */
  private String byShape(HttpCall call) {
    String path = call.rawPath();
    if (path.equals("/v2") || path.startsWith("/v2/")) {
      return "apigateway";
    }
    if (path.matches("/20\\d\\d-\\d\\d-\\d\\d/.*")) {
      return "lambda";
    }
    return preflight(call) || objects.isForBucket(call) ? OBJECTS : "";
  }

  /** What a page asks before it calls has no signature; only buckets answer it. */
  private static boolean preflight(HttpCall call) {
    return call.method().equals("OPTIONS")
        && call.headers().first("Access-Control-Request-Method").isPresent();
  }

  private HttpReply control(String name, CallerService service, HttpCall call) throws IOException {
    return switch (guard.check(call)) {
      case WebPageGuard.Refused(String reason) ->
          Errors.reply(name, 403, "AccessDeniedException", reason);
      case WebPageGuard.Unsigned unsigned ->
          Errors.reply(
              name, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
      case WebPageGuard.Admitted admitted -> authenticated(name, service, call);
    };
  }

  private HttpReply authenticated(String name, CallerService service, HttpCall call)
      throws IOException {
    return switch (authenticator.authenticate(call)) {
      case Authentication.Refused refused ->
          Errors.reply(name, refused.status(), refused.code(), refused.message());
      case Authentication.Authenticated known -> handle(name, service, known);
    };
  }

  private static HttpReply handle(
      String name, CallerService service, Authentication.Authenticated known) throws IOException {
    try {
      return service.handle(known.caller(), known.call());
    } catch (ServiceException refusal) {
      return Errors.reply(name, refusal.status(), refusal.type(), refusal.message());
    }
  }

  private static HttpReply notBuilt(String service, HttpCall call) {
    return Errors.reply(
        501,
        "NotImplementedException",
        "Gatehouse does not offer the service " + service + ": " + asked(call) + ".");
  }

  private static String asked(HttpCall call) {
    return call.method() + " " + call.rawPath();
  }
}
