package dev.gatehouse.server.config;

import java.net.InetAddress;

/**
 * The listener.
 *
 * @param port 0 for a free one
 * @param tls whether TLS is spoken beside clear text, under the development CA
 */
public record Listen(InetAddress address, int port, boolean tls) {}
