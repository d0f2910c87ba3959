package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.Target;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.model.RouteKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the requests of an HTTP_PROXY integration go, and what follows for how they look. */
sealed interface Destination {

  /** The upstreams, of which each request gets one. */
  Target target();

  /**
   * The path that the backend gets, where no mapping sets it; null where it could climb out of what
   * the integration is for.
   *
   * @param values of the route's variables
   * @param path the request's, decoded, without the stage
   * @param pathWithStage the same with the stage, where it is a named one
   */
  @Nullable String path(LiveRoute route, List<String> values, String path, String pathWithStage);

  /**
   * The query that goes before the client's; empty where there is none.
   *
   * @param values of the route's variables
   */
  String query(LiveRoute route, List<String> values);

  /** Scheme and host, for people to read. */
  String url();

  /** What else there is to know, for people to read; null where there is nothing. */
  @Nullable String note();

  /** A URL, whose path and query the request gets (http-api.md section 5). */
  record Url(UriTemplate uri, Target target) implements Destination {

    @Override
    public @Nullable String path(
        LiveRoute route, List<String> values, String path, String pathWithStage) {
      boolean appends = appendsPath(route);
      if ((appends || !values.isEmpty()) && RequestPath.hasDotSegment(path)) {
        return null;
      }
      String filled = uri.path(route.variables(), values);
      if (appends) {
        String base = filled.endsWith("/") ? filled.substring(0, filled.length() - 1) : filled;
        filled = base + RequestPath.encode(path);
      }
      return filled.isEmpty() ? "/" : filled;
    }

    /** Behind the {@code $default} route the request's whole path follows the URI's [C]. */
    private static boolean appendsPath(LiveRoute route) {
      return route.pathTemplate().equals(RouteKey.DEFAULT);
    }

    @Override
    public String query(LiveRoute route, List<String> values) {
      return uri.query(route.variables(), values);
    }

    @Override
    public String url() {
      return (uri.origin().secure() ? "https://" : "http://") + uri.authority();
    }

    @Override
    public @Nullable String note() {
      return target.size() == 1 ? null : "the host is a target of " + target.size() + " upstreams";
    }
  }

  /**
   * What a private integration names (http-api.md section 6): the request keeps its path, stage and
   * all [C], and its host.
   */
  record Link(Target target) implements Destination {

    @Override
    public @Nullable String path(
        LiveRoute route, List<String> values, String path, String pathWithStage) {
      return RequestPath.hasDotSegment(pathWithStage) ? null : RequestPath.encode(pathWithStage);
    }

    @Override
    public String query(LiveRoute route, List<String> values) {
      return "";
    }

    @Override
    public String url() {
      return target.first().toString();
    }

    @Override
    public String note() {
      return "one of " + target.size() + " upstreams of " + target.name();
    }
  }
}
