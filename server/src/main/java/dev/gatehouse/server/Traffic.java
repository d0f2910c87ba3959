package dev.gatehouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.report.RequestReport;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the data plane tells of requests to the caller's APIs: {@code GET
 * /_gatehouse/explain?method=…&url=…} says which way one would go, {@code GET
 * /_gatehouse/requests/{requestId}} which way one went, {@code GET /_gatehouse/requests} lists the
 * last ones.
 */
record Traffic(Gateway gateway) implements CallerService {
  static final String EXPLAIN = "/_gatehouse/explain";
  static final String REQUESTS = "/_gatehouse/requests";

  private static final Pattern URL = Pattern.compile("(?:https?://([^/?#]+))?([^#]*).*");
  private static final int LISTED = 100;

  /** Whether a path is one of these. */
  static boolean answers(String rawPath) {
    return rawPath.equals(EXPLAIN)
        || rawPath.equals(REQUESTS)
        || rawPath.startsWith(REQUESTS + "/");
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) {
    if (!call.method().equals("GET")) {
      return Errors.reply(405, "MethodNotAllowedException", "What happens is read with GET.");
    }
    String account = caller.scope().account();
    String path = call.rawPath();
    if (path.equals(EXPLAIN)) {
      return explain(call, account);
    }
    return path.equals(REQUESTS)
        ? json(Map.of("items", recent(account)))
        : request(decoded(path.substring(REQUESTS.length() + 1)), account);
  }

  private HttpReply explain(HttpCall call, String account) {
    Map<String, String> query = query(call.rawQuery());
    Matcher url = URL.matcher(query.getOrDefault("url", ""));
    if (!url.matches() || url.group().isEmpty()) {
      return Errors.reply(
          400, "BadRequestException", "Give url=… (escaped), and method=… unless that is GET.");
    }
    String host = url.group(1) == null ? call.headers().first("Host").orElse("") : url.group(1);
    String target = url.group(2).startsWith("/") ? url.group(2) : "/" + url.group(2);
    String method = query.getOrDefault("method", "GET");
    return json(gateway.explain(method, host.substring(host.indexOf('@') + 1), target, account));
  }

  private List<RequestReport> recent(String account) {
    return gateway.recent(account).stream()
        .filter(report -> report.stageName() != null)
        .limit(LISTED)
        .toList();
  }

  private HttpReply request(String requestId, String account) {
    return gateway.recent(account).stream()
        .filter(report -> report.requestId().equals(requestId))
        .findFirst()
        .map(Traffic::json)
        .orElseGet(() ->
            Errors.reply(
                404,
                "NotFoundException",
                "No request of that id is among the last ones that are over."));
  }

  private static HttpReply json(Object value) {
    return HttpReply.json(200, Json.mapper().writeValueAsString(value));
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> query = new HashMap<>();
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  /** What is no escape stands for itself. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return text;
    }
  }
}
