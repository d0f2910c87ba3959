package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Stands in for AWS's hosts in us-east-1, under a certificate that a JVM can be told to trust. */
public record StandIn(Path store, SSLSocketFactory tls) {
  private static final String PASSWORD = "changeit";

  /** The hosts, as a list of the configuration. */
  public static final String HOSTS =
      "[apigateway.us-east-1.amazonaws.com, lambda.us-east-1.amazonaws.com,"
          + " logs.us-east-1.amazonaws.com, s3.us-east-1.amazonaws.com, s3.amazonaws.com, iam.amazonaws.com]";

  /** Makes the certificate, in a folder. */
  public static StandIn make(Path folder) throws Exception {
    Path store = folder.resolve("stand-in.p12");
    Program.Result made =
        Program.run(
            folder,
            Map.of(),
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "aws",
            "-keyalg",
            "EC",
            "-dname",
            "CN=stand-in",
            "-ext",
            "san=dns:*.us-east-1.amazonaws.com,dns:*.amazonaws.com,dns:*.s3.us-east-1.amazonaws.com,dns:*.s3.amazonaws.com",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    assertThat(made.exit()).as(made.output()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new StandIn(store, context.getSocketFactory());
  }

  /** Has a JVM, which lives shortly, go through a proxy on that port for what is https. */
  public String javaOptions(int port) {
    String proxy =
        "-D%1$s.proxyHost=127.0.0.1 -D%1$s.proxyPort=%2$d "; // Apache's client reads http's
    return "-XX:TieredStopAtLevel=1 "
        + proxy.formatted("http", port)
        + proxy.formatted("https", port)
        + "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(store, PASSWORD);
  }
}
