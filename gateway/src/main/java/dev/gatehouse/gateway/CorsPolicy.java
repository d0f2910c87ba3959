package dev.gatehouse.gateway;

import dev.gatehouse.model.Cors;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An API's CORS configuration, compiled (http-api.md section 3). */
final class CorsPolicy {
  private static final String ANY = "*";
  private static final String PREFIX = "access-control-";

  private final boolean anyOrigin;
  private final Set<String> origins = new HashSet<>();
  private final boolean credentials;
  private final String methods;
  private final String headers;
  private final String exposed;
  private final @Nullable Integer maxAge;

  CorsPolicy(Cors cors) {
    for (String origin : listed(cors.allowOrigins())) {
      origins.add(origin.toLowerCase(Locale.ROOT));
    }
    this.anyOrigin = origins.contains(ANY);
    this.credentials = Boolean.TRUE.equals(cors.allowCredentials());
    this.methods = String.join(",", listed(cors.allowMethods()));
    this.headers = String.join(",", listed(cors.allowHeaders()));
    this.exposed = String.join(",", listed(cors.exposeHeaders()));
    this.maxAge = cors.maxAge();
  }

  private static List<String> listed(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }

  /** Replaces a backend's CORS headers on an actual response by those of the configuration. */
  void apply(@Nullable String origin, HttpHeaders response) {
    strip(response);
    if (origin != null && allow(origin, response) && !exposed.isEmpty()) {
      response.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
  }

  /** Fills the answer to a preflight; without any header where the origin may not call. */
  void preflight(String origin, HttpHeaders response) {
    if (!allow(origin, response)) {
      return;
    }
    set(response, HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods);
    set(response, HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers);
    if (maxAge != null) {
      response.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, maxAge);
    }
  }

  private boolean allow(String origin, HttpHeaders response) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (!anyOrigin && !origins.contains(lower) && !schemeAllowed(lower)) {
      return false;
    }
    response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, anyOrigin ? ANY : origin);
    if (!anyOrigin && !response.containsValue(HttpHeaderNames.VARY, "Origin", true)) {
      response.add(HttpHeaderNames.VARY, "Origin");
    }
    if (credentials) {
      response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    return true;
  }

  private boolean schemeAllowed(String origin) {
    int colon = origin.indexOf("://");
    return colon > 0 && origins.contains(origin.substring(0, colon) + "://*");
  }

  private static void set(HttpHeaders response, CharSequence name, String value) {
    if (!value.isEmpty()) {
      response.set(name, value);
    }
  }

  private static void strip(HttpHeaders response) {
    boolean any = false;
    var lines = response.iteratorCharSequence();
    while (lines.hasNext() && !any) {
      any = isCors(lines.next().getKey());
    }
    if (any) {
      for (Map.Entry<String, String> line : response.entries()) {
        if (isCors(line.getKey())) {
          response.remove(line.getKey());
        }
      }
    }
  }

  private static boolean isCors(CharSequence name) {
    return name.length() > PREFIX.length()
        && name.toString().regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }
}
