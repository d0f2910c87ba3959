package dev.gatehouse.server;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.SettingsText;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /_gatehouse/config}: what the server runs with, flags, defaults and the runtimes that
 * were found included, under the names of the file. No secret is in it, but it is for those who may
 * make control calls.
 */
record ConfigurationInForce(Settings settings, Runtimes runtimes, Path data)
    implements CallerService {
  static final String PATH = "/_gatehouse/config";

  @Override
  public HttpReply handle(Caller caller, HttpCall call) {
    if (!call.method().equals("GET")) {
      return Errors.reply(405, "MethodNotAllowedException", "The configuration is read with GET.");
    }
    Map<String, Path> found = new TreeMap<>();
    runtimes.available().forEach((name, runtime) -> found.put(name, runtime.executable()));
    return HttpReply.json(
        200, Json.mapper().writeValueAsString(SettingsText.of(settings.withRuntimes(found), data)));
  }
}
