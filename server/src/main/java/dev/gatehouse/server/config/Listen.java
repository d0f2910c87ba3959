package dev.gatehouse.server.config;

import java.net.InetAddress;

/**
 * The listener.
 *
 * @param port 0 for a free one
 */
public record Listen(InetAddress address, int port) {}
