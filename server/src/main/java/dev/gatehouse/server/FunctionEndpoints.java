package dev.gatehouse.server;

import dev.gatehouse.identity.Credential;
import dev.gatehouse.lambda.remote.RemoteEndpoint;
import dev.gatehouse.server.config.FunctionEndpoint;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.WrongConfiguration;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where functions live that are not here, each with the key that its invocations are signed with.
 */
final class FunctionEndpoints {
  private FunctionEndpoints() {}

  static List<RemoteEndpoint> of(Settings settings) {
    return settings.functions().endpoints().stream()
        .map(endpoint ->
            new RemoteEndpoint(
                endpoint.functions(), URI.create(endpoint.url()), key(endpoint, System.getenv())))
        .toList();
  }

  /** That of the configuration, or as AWS's tools have it that of the environment. */
  static Credential key(FunctionEndpoint endpoint, Map<String, String> environment) {
    String account = endpoint.functions().split(":", 6)[4];
    if (endpoint.id() != null && endpoint.secret() != null) {
      return Credential.root(endpoint.id(), endpoint.secret(), account);
    }
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      throw new WrongConfiguration(
          "functions.endpoints: "
              + endpoint.functions()
              + " has no id and secret, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    }
    return new Credential(
        id,
        secret,
        environment.get("AWS_SESSION_TOKEN"),
        account,
        "arn:aws:iam::" + account + ":root");
  }
}
