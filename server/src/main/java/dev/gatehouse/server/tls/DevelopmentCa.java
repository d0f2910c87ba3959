package dev.gatehouse.server.tls;

import dev.gatehouse.gateway.spi.ServerCertificate;
import dev.gatehouse.gateway.spi.ServerCertificates;
import dev.gatehouse.identity.OwnerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of one data directory. Its key and certificate are made when they are
 * first needed and stay, so that what trusts it once trusts it after a restart; server certificates
 * are made for the names that clients ask for, and their key is gone with the process.
 *
 * <p>Nobody trusts it who was not told to, and its key is readable by its owner only.
 */
public final class DevelopmentCa implements ServerCertificates {
  private final Path directory;
  private final InstantSource clock;
  private final Set<String> usualNames;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Issuer issuer;
  private @Nullable KeyPair serverKey;

  /**
   * An authority whose files are in a directory, which need not exist.
   *
   * @param usualNames host names and addresses for clients that ask for no name
   */
  public DevelopmentCa(Path directory, Set<String> usualNames, InstantSource clock) {
    this.directory = directory;
    this.usualNames = Set.copyOf(usualNames);
    this.clock = clock;
  }

  /**
   * The file with the certificate that clients must trust, in PEM.
   *
   * @throws IOException where it cannot be made
   */
  public Path certificateFile() throws IOException {
    issuer();
    return directory.resolve("ca.pem");
  }

  @Override
  public ServerCertificate certificate(String serverName) throws IOException {
    Issuer by = issuer();
    try {
      KeyPair key = serverKey();
      Set<String> names =
          serverName.isEmpty() || usualNames.contains(serverName) ? usualNames : Set.of(serverName);
      X509Certificate certificate = by.server(key.getPublic(), names, clock.instant());
      return new ServerCertificate(key.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a certificate for " + serverName, e);
    }
  }

  private KeyPair serverKey() throws GeneralSecurityException {
    lock.lock();
    try {
      KeyPair key = serverKey;
      if (key == null) {
        key = Issuer.newKey();
        serverKey = key;
      }
      return key;
    } finally {
      lock.unlock();
    }
  }

  private Issuer issuer() throws IOException {
    lock.lock();
    try {
      Issuer known = issuer;
      if (known == null) {
        known = open();
        issuer = known;
      }
      return known;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate authority in " + directory + " is damaged", e);
    } finally {
      lock.unlock();
    }
  }

  /** The key's file holds both, key first: one file cannot be half there. */
  private Issuer open() throws IOException, GeneralSecurityException {
    byte[] both = OwnerFile.open(directory.resolve("ca-key.pem"), this::first);
    PrivateKey key = Pem.key(both);
    X509Certificate certificate = Pem.certificate(both);
    Path shown = directory.resolve("ca.pem");
    byte[] pem = Pem.of(certificate);
    if (!Files.exists(shown) || !Arrays.equals(Files.readAllBytes(shown), pem)) {
      write(shown, pem);
    }
    return new Issuer(key, certificate);
  }

  /** Writes aside and moves, so that nobody reads half of it. */
  static Path write(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(aside, bytes);
    return Files.move(
        aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] first() {
    try {
      return Issuer.make(clock.instant()).pem();
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("cannot make a certificate authority", e));
    }
  }
}
