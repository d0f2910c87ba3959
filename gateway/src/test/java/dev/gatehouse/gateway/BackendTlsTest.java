package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.balance.TargetDefinition.Upstream;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.gateway.upstream.Origin;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS towards backends: certificates are verified, for the right name. */
class BackendTlsTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/b/c";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;
  private static HttpsServer server;
  private static X509Certificate certificate;
  private static final AtomicReference<List<String>> NAMES = new AtomicReference<>(List.of());

  /** A server whose certificate, which nobody has signed, is for {@code inner.example}. */
  @BeforeAll
  static void open() throws Exception {
    Path file = directory.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=inner.example",
                "-ext",
                "san=dns:inner.example,dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
        .as(Files.readString(directory.resolve("keytool.log")))
        .isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    certificate = (X509Certificate) store.getCertificate("k");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          NAMES.set(
              session.getRequestedServerNames().stream()
                  .map(name -> ((SNIHostName) name).getAsciiName())
                  .toList());
          byte[] answer = exchange.getRequestHeaders().getFirst("Host").getBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void close() {
    server.stop(0);
  }

  private static int port() {
    return server.getAddress().getPort();
  }

  private static BackendOptions trusting(X509Certificate... authorities) {
    BackendOptions usual = BackendOptions.defaults();
    return new BackendOptions(
        usual.connections(),
        usual.idle(),
        usual.age(),
        usual.connect(),
        List.of(authorities),
        List.of());
  }

  private static String ask(Definitions api, BackendOptions options) throws IOException {
    TargetDefinition target =
        new TargetDefinition(
            List.of(new Upstream(new Origin("127.0.0.1", port(), false), Map.of())),
            null,
            null,
            Ejection.DEFAULT,
            Duration.ZERO);
    try (RunningGateway gateway =
        RunningGateway.serving(
            api, RunningGateway.options(Extensions.NONE, options, Map.of(ARN, target)))) {
      return gateway.exchange("GET /x");
    }
  }

  private static void fails(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 500 ")
        .endsWith("{\"message\":\"Internal Server Error\"}");
  }

  private static Definitions url(String host) {
    return new Definitions().http("GET /x", "https://" + host + ":" + port() + "/x");
  }

  private static Definitions link(String serverName) {
    return new Definitions().link("GET /x", ARN, 5_000, Map.of(), new TlsConfig(serverName));
  }

  @Test
  void aTrustedCertificateOfTheRightNameWillDo() throws Exception {
    assertThat(ask(url("localhost"), trusting(certificate)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("localhost:" + port());
    assertThat(NAMES.get()).containsExactly("localhost");
  }

  @Test
  void aCertificateThatNobodyVouchesForWillNot() throws Exception {
    fails(ask(url("localhost"), trusting()));
  }

  @Test
  void neitherWillOneOfAnotherName() throws Exception {
    fails(ask(url("127.0.0.1"), trusting(certificate)));
  }

  @Test
  void aPrivateIntegrationVerifiesTheNameThatItSays() throws Exception {
    assertThat(ask(link("inner.example"), trusting(certificate)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith(RunningGateway.HOST);
    assertThat(NAMES.get()).containsExactly("inner.example");
    fails(ask(link("other.example"), trusting(certificate)));
    fails(ask(link(null), trusting(certificate))); // then it is the upstream's address
  }

  @Test
  void whatDoesNotSpeakTlsIsAnError() throws Exception {
    try (Backends plain =
        new Backends(conversation -> conversation.send("HTTP/1.1 400 No\r\n\r\n"))) {
      String uri = plain.url().replace("http:", "https:");
      fails(ask(new Definitions().http("GET /x", uri), trusting(certificate)));
    }
  }

  @Test
  void whoHangsUpInTheHandshakeIsUnavailable() throws Exception {
    try (Backends silent = new Backends(conversation -> conversation.in().readNBytes(5))) {
      String uri = silent.url().replace("http:", "https:");
      assertThat(ask(new Definitions().http("GET /x", uri), trusting(certificate)))
          .startsWith("HTTP/1.1 503 ");
    }
  }
}
