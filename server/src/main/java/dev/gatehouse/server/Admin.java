package dev.gatehouse.server;

import dev.gatehouse.server.tls.DevelopmentCa;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is under {@code /_gatehouse/}: {@code health} answers 200 once everything that is stored is
 * served, {@code ca.pem} is the certificate that clients trust to speak TLS with this server. Under
 * {@code code/} are archives of functions, for whoever has been given a link to one. Before that
 * nothing is here, and {@link LateService} answers 503.
 */
record Admin(String version, DevelopmentCa authority, HttpService code) implements HttpService {
  private static final String CERTIFICATE = "/_gatehouse/ca.pem";

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    if (call.rawPath().startsWith("/_gatehouse/code/")) {
      return code.handle(call);
    }
    boolean certificate = call.rawPath().equals(CERTIFICATE);
    if (!certificate && !call.rawPath().equals("/_gatehouse/health")) {
      return Errors.reply(
          404, "NotFoundException", "There is no " + call.method() + " " + call.rawPath() + ".");
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return Errors.reply(405, "MethodNotAllowedException", "This is read with GET.");
    }
    if (certificate) {
      return new HttpReply(
          200,
          Headers.of("Content-Type", "application/x-pem-file"),
          new HttpReply.Bytes(Files.readAllBytes(authority.certificateFile())));
    }
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", "ready");
    health.put("version", version);
    return HttpReply.json(200, Json.mapper().writeValueAsString(health));
  }
}
