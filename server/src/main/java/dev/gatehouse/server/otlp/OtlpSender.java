package dev.gatehouse.server.otlp;

import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** How OpenTelemetry's own sender is to send: as its exporters have it where nothing is said. */
record OtlpSender(URI endpoint, Map<String, List<String>> headers) implements HttpSenderConfig {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A sender of one kind of signal. */
  static HttpSender of(OtlpSettings settings, String signal) {
    Map<String, List<String>> headers =
        settings.headers().entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.of(e.getValue())));
    OtlpSender config = new OtlpSender(URI.create(settings.url(signal)), headers);
    return ServiceLoader.load(HttpSenderProvider.class)
        .findFirst()
        .orElseThrow()
        .createSender(config);
  }

  @Override
  public URI getEndpoint() {
    return endpoint;
  }

  @Override
  public String getContentType() {
    return "application/x-protobuf";
  }

  @Override
  public @Nullable Compressor getCompressor() {
    return null;
  }

  @Override
  public Duration getTimeout() {
    return TIMEOUT;
  }

  @Override
  public Duration getConnectTimeout() {
    return TIMEOUT;
  }

  @Override
  public Supplier<Map<String, List<String>>> getHeadersSupplier() {
    return () -> headers;
  }

  @Override
  public @Nullable ProxyOptions getProxyOptions() {
    return null;
  }

  @Override
  public RetryPolicy getRetryPolicy() {
    return RetryPolicy.getDefault();
  }

  @Override
  public @Nullable SSLContext getSslContext() {
    return null;
  }

  @Override
  public @Nullable X509TrustManager getTrustManager() {
    return null;
  }

  @Override
  public @Nullable ExecutorService getExecutorService() {
    return null;
  }

  /** Without the values of headers. */
  @Override
  public String toString() {
    return endpoint.toString();
  }
}
