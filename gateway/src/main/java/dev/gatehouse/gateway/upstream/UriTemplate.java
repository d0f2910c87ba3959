package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.gateway.route.RequestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An integration URI, compiled for one stage (http-api.md 5.1): stage variables are filled in, path
 * variables are found by name in the route that a request met.
 *
 * @param authority the {@code host} header for it
 * @param path texts and variables in turn; {@code /} at least
 * @param query texts and variables in turn, without the question mark; empty where there is none
 */
public record UriTemplate(Origin origin, String authority, List<Part> path, List<Part> query) {
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://([^/?#:\\[\\]@]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(/[^?#]*)?"
              + "(?:\\?([^#]*))?(?:#.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STAGE_VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}");
  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]+");
  private static final Pattern USER = Pattern.compile("//[^/?#]*@");
  private static final int MAX_PORT = 65_535;

  /** A piece of the path or of the query. */
  public sealed interface Part {}

  /** Stands for itself. */
  public record Text(String text) implements Part {}

  /** The value of the route's variable of that name; the text itself where it has none such. */
  public record Variable(String name, String text) implements Part {}

  /** Compiles a URI; null where it is none. */
  public static @Nullable UriTemplate parse(String uri, Map<String, String> stageVariables) {
    Matcher form = FORM.matcher(fill(uri, stageVariables));
    if (!form.matches()) {
      return null;
    }
    boolean secure = form.group(1).toLowerCase(Locale.ROOT).equals("https");
    int port = form.group(3) == null ? Origin.defaultPort(secure) : Integer.parseInt(form.group(3));
    if (port == 0 || port > MAX_PORT) {
      return null;
    }
    String host = form.group(2).toLowerCase(Locale.ROOT);
    String path = form.group(4) == null ? "" : ascii(form.group(4));
    String query = form.group(5) == null ? "" : ascii(form.group(5));
    Origin origin = new Origin(host, port, secure);
    return new UriTemplate(origin, origin.authority(), parts(path), parts(query));
  }

  private static String ascii(String text) {
    return BEYOND_ASCII.matcher(text).replaceAll(match -> RequestPath.encode(match.group()));
  }

  /** A URI as logs may have it: without a password that somebody wrote into it. */
  public static String shown(String uri) {
    return USER.matcher(uri).replaceFirst("//…@");
  }

  /** A URI with the values of stage variables. */
  public static String fill(String uri, Map<String, String> stageVariables) {
    return STAGE_VARIABLE
        .matcher(uri)
        .replaceAll(
            match -> Matcher.quoteReplacement(stageVariables.getOrDefault(match.group(1), "")));
  }

  private static List<Part> parts(String path) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', open + 1)) {
      int close = path.indexOf('}', open);
      if (close < 0) {
        break;
      }
      parts.add(new Text(path.substring(from, open)));
      String name = name(path.substring(open + 1, close));
      parts.add(new Variable(name, path.substring(open, close + 1)));
      from = close + 1;
    }
    parts.add(new Text(path.substring(from)));
    return List.copyOf(parts);
  }

  /** The greedy variable {@code {proxy+}} of a route is {@code {proxy}} in the URI [C]. */
  private static String name(String braced) {
    return braced.endsWith("+") ? braced.substring(0, braced.length() - 1) : braced;
  }

  /** The path with the values of a route's variables, escaped. */
  public String path(List<String> names, List<String> values) {
    return filled(path, names, values, RequestPath::encode);
  }

  /** The query with the values of a route's variables, escaped, without the question mark. */
  public String query(List<String> names, List<String> values) {
    return filled(query, names, values, QueryString::encode);
  }

  private static String filled(
      List<Part> parts, List<String> names, List<String> values, UnaryOperator<String> escape) {
    if (parts.size() == 1 && parts.getFirst() instanceof Text(String text)) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text(String text) -> filled.append(text);
        case Variable(String name, String text) -> {
          int index = names.indexOf(name);
          filled.append(escape.apply(index < 0 ? text : values.get(index)));
        }
      }
    }
    return filled.toString();
  }
}
