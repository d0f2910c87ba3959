package dev.gatehouse.objects;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no client library would: hosts that don't resolve, paths as they are. */
final class RawHttp {
  private RawHttp() {}

  static String put(int port, URI url, String body) throws IOException {
    return send(
        port, "PUT", url.getRawPath() + "?" + url.getRawQuery(), url.getRawAuthority(), body);
  }

  static String send(int port, String method, String target, String host, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      OutputStream out = socket.getOutputStream();
      out.write(
          "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(method, target, host, bytes.length)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
