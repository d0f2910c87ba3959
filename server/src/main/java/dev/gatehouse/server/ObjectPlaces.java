package dev.gatehouse.server;

import dev.gatehouse.objects.ObjectPlace;
import dev.gatehouse.objects.S3Proxy;
import dev.gatehouse.server.config.ObjectSettings;
import dev.gatehouse.server.config.WrongConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Where objects are kept: here, or where the configuration says. */
final class ObjectPlaces {
  private ObjectPlaces() {}

  /**
   * @param here makes what keeps them on this machine
   */
  static ObjectPlace of(
      ObjectSettings settings, Path data, Supplier<S3Proxy> here, Map<String, String> environment) {
    URI endpoint = settings.endpoint();
    if (endpoint == null) {
      return new ObjectPlace.Here(here.get(), data.resolve("objects-incoming"), settings.durable());
    }
    String id = settings.id();
    String secret = settings.secret();
    if (id != null && secret != null) {
      return new ObjectPlace.Elsewhere(endpoint, settings.region(), id, secret, null);
    }
    String known = environment.get("AWS_ACCESS_KEY_ID");
    String with = environment.get("AWS_SECRET_ACCESS_KEY");
    if (known == null || with == null) {
      throw new WrongConfiguration(
          "objects.endpoint: there are no id and secret for it, and AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY are not set");
    }
    return new ObjectPlace.Elsewhere(
        endpoint, settings.region(), known, with, environment.get("AWS_SESSION_TOKEN"));
  }
}
