package dev.gatehouse.server.tls;

import dev.gatehouse.lambda.runtime.Trust;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the machine trusts and the development CA together, in files for functions. */
public final class TrustFiles {
  private static final Path MACHINE = Path.of("/etc/ssl/certs/ca-certificates.crt");

  private final DevelopmentCa authority;
  private final Path jdk;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Trust made;

  /**
   * @param jdk home of the JDK whose trusted authorities Java functions get
   */
  public TrustFiles(DevelopmentCa authority, Path jdk) {
    this.authority = authority;
    this.jdk = jdk;
  }

  /**
   * The files, written when they are first asked for.
   *
   * @throws IOException where they cannot be
   */
  public Trust get() throws IOException {
    lock.lock();
    try {
      Trust known = made;
      if (known == null) {
        known = write(authority.certificateFile());
        made = known;
      }
      return known;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write whom functions trust", e);
    } finally {
      lock.unlock();
    }
  }

  private Trust write(Path certificate) throws IOException, GeneralSecurityException {
    byte[] own = Files.readAllBytes(certificate);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    if (Files.isReadable(MACHINE)) {
      bundle.write(Files.readAllBytes(MACHINE));
    }
    bundle.write(own);
    ByteArrayOutputStream store = new ByteArrayOutputStream();
    keyStore(own).store(store, Trust.PASSWORD.toCharArray());
    return new Trust(
        certificate,
        DevelopmentCa.write(certificate.resolveSibling("trust.pem"), bundle.toByteArray()),
        DevelopmentCa.write(certificate.resolveSibling("trust.p12"), store.toByteArray()));
  }

  private KeyStore keyStore(byte[] own) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    KeyStore machine =
        KeyStore.getInstance(
            jdk.resolve("lib/security/cacerts").toFile(), Trust.PASSWORD.toCharArray());
    for (String alias : Collections.list(machine.aliases())) {
      store.setCertificateEntry(alias, machine.getCertificate(alias));
    }
    try (InputStream in = new ByteArrayInputStream(own)) {
      store.setCertificateEntry(
          "gatehouse", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    return store;
  }
}
