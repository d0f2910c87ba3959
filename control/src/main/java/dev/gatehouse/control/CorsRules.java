package dev.gatehouse.control;

import dev.gatehouse.model.Cors;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a CORS configuration may be (control-plane.md section 11 [C/L]). */
final class CorsRules {
  private static final String ANY = "*";

  /** A scheme of any kind and a host with an optional port; no path, not even a slash. */
  private static final Pattern ORIGIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,31}://(\\*|[^\\s/?#@*]{1,253})");

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  private CorsRules() {}

  /** Adds the member that AWS always returns. */
  static void complete(ObjectNode cors) {
    if (!cors.has("allowCredentials")) {
      cors.put("allowCredentials", false);
    }
  }

  static void check(Cors cors) {
    if (Boolean.TRUE.equals(cors.allowCredentials()) && list(cors.allowOrigins()).contains(ANY)) {
      throw Refusals.credentialsForAnyOrigin();
    }
    for (String origin : list(cors.allowOrigins())) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw OwnRefusals.invalid(
            "allowOrigins", "an origin is * or scheme://host[:port] without a path");
      }
    }
    tokens("allowMethods", cors.allowMethods());
    tokens("allowHeaders", cors.allowHeaders());
    tokens("exposeHeaders", cors.exposeHeaders());
  }

  private static void tokens(String member, @Nullable List<String> values) {
    for (String value : list(values)) {
      if (!TOKEN.matcher(value).matches()) {
        throw OwnRefusals.invalid(member, "each value is * or a name without spaces");
      }
    }
  }

  private static List<String> list(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }
}
