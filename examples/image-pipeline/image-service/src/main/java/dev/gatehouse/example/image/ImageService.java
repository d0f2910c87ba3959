package dev.gatehouse.example.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Starts the service. The environment says how:
 *
 * <ul>
 *   <li>{@code BUCKET}: the bucket with the images; the only one that must be set
 *   <li>{@code PORT}: 8080 unless set; {@code BIND}: 127.0.0.1 unless set, 0.0.0.0 in a container
 *   <li>{@code AWS_ENDPOINT_URL}: where S3 is, unless it is AWS's
 *   <li>{@code AWS_REGION} and credentials: wherever the AWS SDK finds them
 * </ul>
 */
public final class ImageService {

  private ImageService() {}

  /** Runs until the process is stopped. Exits 2 where the environment is not as it should be. */
  public static void main(String[] arguments) throws IOException {
    // Without it the JDK's server waits for the client's delayed acknowledgement: 40 ms a request.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("java.awt.headless", "true");
    try {
      Map<String, String> environment = System.getenv();
      Bucket bucket = S3Bucket.of(environment);
      InetSocketAddress address = address(environment);
      Server server = Server.start(address, new Invocations(bucket));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      System.out.println("image-service: ready on http://" + authority(server.address()));
    } catch (IllegalArgumentException e) {
      System.err.println("image-service: " + e.getMessage());
      System.exit(2);
    }
  }

  private static String authority(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static InetSocketAddress address(Map<String, String> environment) throws IOException {
    String port = environment.getOrDefault("PORT", "8080");
    String bind = environment.getOrDefault("BIND", "127.0.0.1");
    try {
      return new InetSocketAddress(InetAddress.getByName(bind), Integer.parseInt(port));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("PORT is not a number: " + port, e);
    }
  }
}
