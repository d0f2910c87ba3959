package dev.gatehouse.gateway.net;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.spi.ServerCertificate;
import dev.gatehouse.gateway.spi.ServerCertificates;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.AsyncMapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What TLS is spoken with, by the name that a client asked for. Certificates are made or read on
 * virtual threads and kept for an hour, so that a renewed one is picked up. TLS 1.2 and 1.3, as AWS
 * (websocket-api.md 1 [C]).
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise is told either way
final class TlsContexts implements AsyncMapping<String, SslContext> {
  private static final int MOST_NAMES = 1_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final ServerCertificates certificates;
  private final ApplicationProtocolConfig protocols;
  private volatile @Nullable AsyncLoadingCache<String, SslContext> contexts;

  /**
   * @param second what is spoken beside HTTP/1.1; null where nothing is
   */
  TlsContexts(ServerCertificates certificates, @Nullable SecondProtocol second) {
    this.certificates = certificates;
    this.protocols = protocols(second);
  }

  private static ApplicationProtocolConfig protocols(@Nullable SecondProtocol second) {
    List<String> names =
        second == null
            ? List.of(ApplicationProtocolNames.HTTP_1_1)
            : List.of(second.name(), ApplicationProtocolNames.HTTP_1_1);
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        names);
  }

  private SslContext context(String serverName) throws IOException {
    ServerCertificate certificate = certificates.certificate(serverName);
    return SslContextBuilder.forServer(certificate.key(), certificate.chain())
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(protocols)
        .build();
  }

  @Override
  public Future<SslContext> map(@Nullable String serverName, Promise<SslContext> promise) {
    String name = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
    AsyncLoadingCache<String, SslContext> made = contexts;
    if (made == null) {
      onThread(() -> find(make(), name, promise));
    } else {
      find(made, name, promise);
    }
    return promise;
  }

  /**
   * When somebody first speaks TLS, and off the event loops: Caffeine looks through all jars for
   * who might want to log, which would be a good part of a start.
   */
  private synchronized AsyncLoadingCache<String, SslContext> make() {
    AsyncLoadingCache<String, SslContext> made = contexts;
    if (made == null) {
      made =
          Caffeine.newBuilder()
              .maximumSize(MOST_NAMES)
              .expireAfterWrite(KEPT)
              .executor(TlsContexts::onThread)
              .buildAsync(this::context);
      contexts = made;
    }
    return made;
  }

  private static void onThread(Runnable task) {
    Thread.ofVirtual().name("tls-certificate").start(task);
  }

  private static void find(
      AsyncLoadingCache<String, SslContext> contexts, String name, Promise<SslContext> promise) {
    contexts.get(name).whenComplete((context, failure) -> tell(promise, context, failure));
  }

  private static void tell(
      Promise<SslContext> promise, @Nullable SslContext context, @Nullable Throwable failure) {
    if (context != null) {
      promise.trySuccess(context);
    } else {
      promise.tryFailure(failure == null ? new IOException("no certificate") : failure);
    }
  }
}
