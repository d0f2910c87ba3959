package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RequestPath;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which API a host and a target name: by host ({@code {apiId}.execute-api.…}), or by path for
 * clients that cannot set hosts ({@code /_gatehouse/apis/{apiId}/…}, {@code
 * /_aws/execute-api/{apiId}/{stage}/…}).
 *
 * @param form how the API is named
 */
record Address(String apiId, RequestLine line, Form form) {
  private static final String OF_HOSTS = "-_~[]";
  private static final String EXECUTE_API = ".execute-api.";
  private static final String PATH_FORM = "/_gatehouse/apis/";
  private static final String STAGE_PATH_FORM = "/_aws/execute-api/";

  /** How an API is named. */
  enum Form {
    HOST,
    PATH,
    PATH_WITH_STAGE
  }

  /**
   * What a request names; null where that is no API.
   *
   * @param target path and query as sent
   */
  static @Nullable Address of(String host, String target) {
    String apiId = apiId(host);
    if (apiId != null) {
      return of(apiId, host, target, null, Form.HOST);
    }
    if (target.startsWith(PATH_FORM)) {
      return inPath(host, target.substring(PATH_FORM.length()), Form.PATH);
    }
    if (target.startsWith(STAGE_PATH_FORM)) {
      return inPath(host, target.substring(STAGE_PATH_FORM.length()), Form.PATH_WITH_STAGE);
    }
    return null;
  }

  /** The first label of an execute-api host; null for any other host. */
  static @Nullable String apiId(String host) {
    int dot = host.indexOf('.');
    boolean matches =
        dot > 0 && host.regionMatches(true, dot, EXECUTE_API, 0, EXECUTE_API.length());
    return matches ? host.substring(0, dot).toLowerCase(Locale.ROOT) : null;
  }

  /**
   * Whether a text may be a host with its port: nothing in it ends it for one reader and not for
   * another, and nothing adds to the {@code forwarded} header that tells it to backends.
   */
  static boolean isHost(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= ':') || (c >= 'A' && c <= 'Z') || c == '.';
      if (!plain && OF_HOSTS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Address inPath(String host, String rest, Form form) {
    String apiId = upToEnd(rest);
    String target = rest.substring(apiId.length());
    String stage = null;
    if (form == Form.PATH_WITH_STAGE && target.startsWith("/")) {
      String sent = upToEnd(target.substring(1));
      target = target.substring(1 + sent.length());
      stage = Objects.requireNonNullElse(RequestPath.decode(sent), sent); // %24default
    }
    return of(apiId, host, target, stage, form);
  }

  /** The text up to the next slash or question mark. */
  private static String upToEnd(String text) {
    int slash = text.indexOf('/');
    int mark = text.indexOf('?');
    int end = slash < 0 || (mark >= 0 && mark < slash) ? mark : slash;
    return end < 0 ? text : text.substring(0, end);
  }

  private static Address of(
      String apiId, String host, String target, @Nullable String stage, Form form) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Address(
        apiId, new RequestLine(host, path.isEmpty() ? "/" : path, query, stage), form);
  }
}
