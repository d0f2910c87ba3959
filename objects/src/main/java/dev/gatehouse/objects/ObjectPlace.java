package dev.gatehouse.objects;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the bytes are kept. Who may have them is checked here in either case. */
public sealed interface ObjectPlace extends AutoCloseable {

  /**
   * On this machine.
   *
   * @param proxy is started with the first call that needs it
   * @param incoming where objects gather until they are whole; on the file system of the others
   * @param durable whether what is stored is on the disk before a call is answered
   */
  record Here(S3Proxy proxy, Path incoming, boolean durable) implements ObjectPlace {
    @Override
    public Endpoint endpoint() throws IOException {
      return proxy.endpoint();
    }

    @Override
    public void clear() throws IOException {
      proxy.clear();
    }

    @Override
    public void close() {
      proxy.close();
    }
  }

  /** At an S3 endpoint of somebody else's, AWS's among them. */
  final class Elsewhere implements ObjectPlace {
    private final Endpoint endpoint;

    /**
     * @param base scheme, host and port; buckets are named in the path
     * @param accessKeyId the key that calls are signed with
     * @param sessionToken of a temporary key
     */
    public Elsewhere(
        URI base, String region, String accessKeyId, String secret, @Nullable String sessionToken) {
      this.endpoint = new Endpoint(base, region, accessKeyId, secret, sessionToken);
    }

    @Override
    public Endpoint endpoint() {
      return endpoint;
    }

    @Override
    public void clear() {}

    @Override
    public void close() {}
  }

  /** Where what is not answered here goes; it is there when this returns. */
  Endpoint endpoint() throws IOException;

  /** Deletes all that is ours alone. What others keep stays. */
  void clear() throws IOException;

  @Override
  void close();
}
