package dev.gatehouse.lambda;

import dev.gatehouse.identity.Credential;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.process.ProcessStart;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import dev.gatehouse.lambda.runtime.Launch;
import dev.gatehouse.lambda.runtime.Trust;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a function's process: its own and AWS's, none of ours. Each process gets
 * credentials of its own, which outlast it.
 */
record ProcessEnvironment(LambdaSetup setup) {
  /** Names that a function's configuration may not set [C]. */
  static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private static final Duration GRACE = Duration.ofHours(1);

  Map<String, String> of(
      FunctionKey key,
      FunctionDefinition definition,
      FunctionRuntime runtime,
      Launch launch,
      ProcessStart.Place place) {
    Settings settings = definition.settings();
    Map<String, String> variables = new HashMap<>();
    putPlaces(variables, launch);
    variables.put("LANG", "C.UTF-8"); // AWS has en_US.UTF-8, which not every machine knows
    variables.put("TZ", ":UTC");
    variables.put("AWS_ENDPOINT_URL", setup.endpoint().get().toString());
    putTrust(variables, launch.trust());
    variables.putAll(runtime.environment(launch));
    if (definition.code().directory() != null) {
      // Python's cache tells seconds only: what is saved twice within one would not be seen.
      variables.put("PYTHONDONTWRITEBYTECODE", "1");
    }
    variables.putAll(settings.environment());
    putIdentity(variables, key, settings);
    variables.put("_HANDLER", settings.handler());
    variables.put("AWS_REGION", key.scope().region());
    variables.put("AWS_DEFAULT_REGION", key.scope().region());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + settings.runtime());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", key.name());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + settings.memorySize());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", definition.version());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", settings.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", place.logStream());
    variables.put("AWS_LAMBDA_RUNTIME_API", place.runtimeApi());
    variables.put("LAMBDA_TASK_ROOT", launch.taskRoot().toString());
    variables.put("LAMBDA_RUNTIME_DIR", runtime.directory().toString());
    return variables;
  }

  /** Programs and libraries of the layers and of the function itself, as AWS has them [C]. */
  private static void putPlaces(Map<String, String> variables, Launch launch) {
    String path = "/usr/local/bin:/usr/bin:/bin";
    String libraries = launch.taskRoot() + ":" + launch.taskRoot().resolve("lib");
    if (launch.layers() != null) {
      path += ":" + launch.layers().resolve("bin");
      libraries += ":" + launch.layers().resolve("lib");
    }
    variables.put("PATH", path);
    variables.put("LD_LIBRARY_PATH", libraries);
    variables.put("TMPDIR", launch.temporary().toString());
    variables.put("HOME", launch.temporary().toString()); // its user has none, and ours is not its
  }

  /** The names that AWS's SDKs, Node.js, Python's requests and OpenSSL look for. */
  private static void putTrust(Map<String, String> variables, @Nullable Trust trust) {
    if (trust != null) {
      variables.put("NODE_EXTRA_CA_CERTS", trust.authority().toString());
      for (String name : List.of("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")) {
        variables.put(name, trust.bundle().toString());
      }
    }
  }

  private void putIdentity(Map<String, String> variables, FunctionKey key, Settings settings) {
    String[] role = settings.role().split(":", 6);
    String roleName = role[5].substring(role[5].lastIndexOf('/') + 1);
    String principal = "arn:aws:sts::" + role[4] + ":assumed-role/" + roleName + "/" + key.name();
    Duration lifetime = setup.processes().age().plus(GRACE);
    Credential credential = setup.credentials().mint(role[4], principal, lifetime);
    variables.put("AWS_ACCESS_KEY_ID", credential.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", credential.secretAccessKey());
    if (credential.sessionToken() != null) {
      variables.put("AWS_SESSION_TOKEN", credential.sessionToken());
    }
  }
}
