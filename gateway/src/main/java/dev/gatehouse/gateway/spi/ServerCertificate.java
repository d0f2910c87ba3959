package dev.gatehouse.gateway.spi;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows to prove its name.
 *
 * @param chain the server's own certificate first, the root left out
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  @Override
  public String toString() {
    return "ServerCertificate[" + chain.getFirst().getSubjectX500Principal() + "]"; // never the key
  }
}
