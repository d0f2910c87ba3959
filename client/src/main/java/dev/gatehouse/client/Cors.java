package dev.gatehouse.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call an HTTP API, as the gateway answers browsers.
 *
 * @param maxAge how long a browser may keep the answer; null for the browser's own choice
 */
public record Cors(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposedHeaders,
    @Nullable Boolean credentials,
    @Nullable Duration maxAge) {

  public Cors {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposedHeaders = List.copyOf(exposedHeaders);
  }

  /**
   * Every page may call with every method and header, without credentials.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public static Cors anyOrigin() {
    return new Cors(List.of("*"), List.of("*"), List.of("*"), List.of(), null, null);
  }

  /**
   * Pages of these origins, such as {@code https://shop.example}.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public static Cors origins(String... origins) {
    return new Cors(List.of(origins), List.of(), List.of(), List.of(), null, null);
  }

  /**
   * The same with these methods.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public Cors methods(String... allowed) {
    return new Cors(origins, List.of(allowed), headers, exposedHeaders, credentials, maxAge);
  }

  /**
   * The same with these request headers.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public Cors headers(String... allowed) {
    return new Cors(origins, methods, List.of(allowed), exposedHeaders, credentials, maxAge);
  }

  /**
   * The same with these response headers for scripts to read.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public Cors exposedHeaders(String... exposed) {
    return new Cors(origins, methods, headers, List.of(exposed), credentials, maxAge);
  }

  /**
   * The same with cookies and other credentials; AWS takes no {@code *} then.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public Cors withCredentials() {
    return new Cors(origins, methods, headers, exposedHeaders, true, maxAge);
  }

  /**
   * The same with an age; whole seconds, at most a day.
   *
   * {@snippet class="SpecExamples" region="cors"}
   */
  public Cors maxAge(Duration age) {
    return new Cors(origins, methods, headers, exposedHeaders, credentials, age);
  }

  software.amazon.awssdk.services.apigatewayv2.model.Cors toSdk() {
    var builder = software.amazon.awssdk.services.apigatewayv2.model.Cors.builder();
    if (!origins.isEmpty()) {
      builder.allowOrigins(new ArrayList<>(origins));
    }
    if (!methods.isEmpty()) {
      builder.allowMethods(new ArrayList<>(methods));
    }
    if (!headers.isEmpty()) {
      builder.allowHeaders(new ArrayList<>(headers));
    }
    if (!exposedHeaders.isEmpty()) {
      builder.exposeHeaders(new ArrayList<>(exposedHeaders));
    }
    return builder
        .allowCredentials(credentials)
        .maxAge(maxAge == null ? null : Math.toIntExact(maxAge.toSeconds()))
        .build();
  }
}
