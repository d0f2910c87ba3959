package dev.gatehouse.gateway.spi;

import java.io.IOException;

/** Where the listener's certificates come from. Called on virtual threads: it may block. */
@FunctionalInterface
public interface ServerCertificates {

  /**
   * The certificate for a name.
   *
   * @param serverName as the client asked for it (SNI), in lower case; empty where it named none
   * @throws IOException where there is none and none can be made
   */
  ServerCertificate certificate(String serverName) throws IOException;
}
