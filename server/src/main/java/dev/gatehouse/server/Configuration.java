package dev.gatehouse.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a server runs.
 *
 * @param bind the address to listen on; anything but loopback is refused as long as control calls
 *     are open
 * @param port 0 for a free one
 * @param data where everything is kept
 * @param ephemeral whether the data directory is deleted when the server stops
 * @param distribution the unpacked distribution: runtimes of functions and the object store's
 *     process are started from its {@code lib}
 * @param javaHomes JDK homes by Lambda runtime name: {@code java25}
 */
public record Configuration(
    InetAddress bind,
    int port,
    Path data,
    boolean ephemeral,
    Path distribution,
    Map<String, Path> javaHomes) {

  /** Where local AWS tooling looks. */
  public static final int DEFAULT_PORT = 4566;
}
