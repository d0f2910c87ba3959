package dev.gatehouse.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards backends: their certificates are verified, for their name, too, as AWS verifies them
 * (http-api.md 5.4 [L]). Sessions are taken up again for as long as the JDK keeps them.
 *
 * <p>Reading the trusted certificates takes its time, so it is done when the first backend needs
 * it, and never on an event loop.
 */
public final class ClientTls {
  private final List<X509Certificate> authorities;
  private volatile @Nullable SslContext made;

  /**
   * @param authorities trusted besides those of the JDK
   */
  public ClientTls(List<X509Certificate> authorities) {
    this.authorities = List.copyOf(authorities);
  }

  /** Calls back on the event loop: at once, but for the first time. */
  void with(EventLoop loop, Consumer<SslContext> then) {
    SslContext context = made;
    if (context != null) {
      then.accept(context);
      return;
    }
    Thread.ofVirtual()
        .name("tls")
        .start(() -> {
          SslContext fresh = context();
          loop.execute(() -> then.accept(fresh));
        });
  }

  private synchronized SslContext context() {
    SslContext context = made;
    if (context == null) {
      context = build();
      made = context;
    }
    return context;
  }

  private SslContext build() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .endpointIdentificationAlgorithm("HTTPS")
          .trustManager(trust())
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (IOException | GeneralSecurityException broken) {
      throw new IllegalStateException("TLS cannot be set up", broken);
    }
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    if (authorities.isEmpty()) {
      return factory;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        add(store, List.of(known.getAcceptedIssuers()));
      }
    }
    add(store, authorities);
    factory.init(store);
    return factory;
  }

  private static void add(KeyStore store, List<X509Certificate> certificates)
      throws GeneralSecurityException {
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
  }
}
