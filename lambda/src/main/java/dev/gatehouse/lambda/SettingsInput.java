package dev.gatehouse.lambda;

import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a function's settings from a create or an update; what an update leaves out stays. */
record SettingsInput(Runtimes runtimes, Function<LayerName, Optional<LayerVersion>> layerVersions) {
  private static final String ROLE =
      "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
  private static final int MAX_ENVIRONMENT = 4096;
  private static final int MAX_LAYERS = 5;

  /** Members that say something which this version cannot do. */
  private static final List<String> NOT_BUILT =
      List.of(
          "FileSystemConfigs",
          "ImageConfig",
          "CapacityProviderConfig",
          "DurableConfig",
          "TenancyConfig",
          "CodeSigningConfigArn",
          "KMSKeyArn",
          "PublishTo");

  static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");

  Settings create(String name, Input input) {
    String role = input.required("Role", ROLE);
    if (input.choice("PackageType", "Zip", "Image").orElse("Zip").equals("Image")) {
      throw Errors.notBuilt("CreateFunction with PackageType Image");
    }
    if (input.text("Runtime").isEmpty() || input.text("Handler").isEmpty()) {
      throw Errors.invalid(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    Settings defaults =
        new Settings(
            role,
            "",
            "",
            "",
            3,
            128,
            Map.of(),
            architecture(input).orElse("x86_64"),
            512,
            "PassThrough",
            "/aws/lambda/" + name,
            List.of());
    return update(defaults, input, "CreateFunction");
  }

  Settings update(Settings old, Input input, String operation) {
    refuseNotBuilt(input, operation);
    String runtime = input.text("Runtime").map(this::runtime).orElse(old.runtime());
    return new Settings(
        input.text("Role", ROLE).orElse(old.role()),
        runtime,
        input.text("Handler").map(handler -> handler(handler)).orElse(old.handler()),
        input.shortText("Description", 256).orElse(old.description()),
        input.number("Timeout", 1, 900).orElse(old.timeout()),
        input.number("MemorySize", 128, 10240).orElse(old.memorySize()),
        input.json().has("Environment")
            ? environment(input.object("Environment").texts("Variables"))
            : old.environment(),
        old.architecture(),
        input.object("EphemeralStorage").number("Size", 512, 10240).orElse(old.ephemeralStorage()),
        input.object("TracingConfig").choice("Mode", "Active", "PassThrough").orElse(old.tracing()),
        input
            .object("LoggingConfig")
            .text("LogGroup", "[\\.\\-_/#A-Za-z0-9]{1,512}")
            .orElse(old.logGroup()),
        input.json().path("Layers").isArray() ? layers(input.list("Layers")) : old.layers());
  }

  private List<LayerUse> layers(List<String> arns) {
    if (arns.size() > MAX_LAYERS) {
      throw Errors.invalid("Cannot reference more than 5 layers.");
    }
    List<LayerUse> uses = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String arn : arns) {
      LayerName name = LayerName.ofVersion(arn);
      LayerVersion version =
          layerVersions
              .apply(name)
              .orElseThrow(
                  () -> Errors.invalid("Layer version " + name.versionArn() + " does not exist."));
      if (!names.add(name.arn())) {
        throw Errors.invalid(
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + name.arn());
      }
      uses.add(new LayerUse(name.versionArn(), version.sha256(), version.size()));
    }
    return uses;
  }

  private static void refuseNotBuilt(Input input, String operation) {
    for (String member : NOT_BUILT) {
      if (input.has(member)) {
        throw Errors.notBuilt(operation + " with " + member);
      }
    }
    Input vpc = input.object("VpcConfig");
    if (vpc.has("SubnetIds")
        || vpc.has("SecurityGroupIds")
        || vpc.flag("Ipv6AllowedForDualStack")) {
      throw Errors.notBuilt(operation + " with VpcConfig");
    }
    if (input.object("DeadLetterConfig").has("TargetArn")) {
      throw Errors.notBuilt(operation + " with DeadLetterConfig");
    }
    if (input
        .object("SnapStart")
        .choice("ApplyOn", "PublishedVersions", "None")
        .filter("PublishedVersions"::equals)
        .isPresent()) {
      throw Errors.notBuilt(operation + " with SnapStart");
    }
    Input logging = input.object("LoggingConfig");
    if (logging.choice("LogFormat", "JSON", "Text").filter("JSON"::equals).isPresent()) {
      throw Errors.notBuilt(operation + " with LoggingConfig.LogFormat JSON");
    }
    for (String level : List.of("ApplicationLogLevel", "SystemLogLevel")) {
      if (logging.has(level)) {
        throw Errors.notBuilt(operation + " with LoggingConfig." + level);
      }
    }
  }

  private static String handler(String handler) {
    if (!handler.matches("[^\\s]{1,128}")) {
      throw Errors.constraint(
          "'" + handler + "'",
          "handler",
          "Member must satisfy regular expression pattern: [^\\s]+");
    }
    return handler;
  }

  /** Refused now rather than at the first invocation, with what would help. */
  private String runtime(String runtime) {
    if (!Runtimes.known(runtime) && runtimes.find(runtime).isEmpty()) {
      throw Errors.invalid(
          "Value "
              + runtime
              + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
              + runtimes.available().keySet().stream().sorted().toList()
              + " or be a valid ARN");
    }
    if (runtimes.find(runtime).isEmpty()) {
      throw Errors.invalid(runtimes.lack(runtime));
    }
    return runtime;
  }

  /**
   * The architecture that an input names. It is kept and shown as on AWS; what runs is this
   * machine's in any case, and {@link dev.gatehouse.lambda.runtime.ProvidedRuntime} refuses what
   * cannot.
   */
  static Optional<String> architecture(Input input) {
    List<String> given = input.choices("Architectures", 1, ARCHITECTURES);
    if (given.isEmpty() && input.json().path("Architectures").isArray()) {
      throw Errors.constraint(
          "'[]'", "architectures", "Member must have length greater than or equal to 1");
    }
    return given.stream().findFirst();
  }

  private static Map<String, String> environment(Map<String, String> variables) {
    List<String> reserved =
        variables.keySet().stream().filter(ProcessEnvironment.RESERVED::contains).sorted().toList();
    if (!reserved.isEmpty()) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    for (String name : variables.keySet()) {
      if (!name.matches("[a-zA-Z]([a-zA-Z0-9_])+")) {
        throw Errors.constraint(
            "'[" + name + "]'",
            "environment.variables",
            "Map keys must satisfy constraint: [Member must satisfy regular expression pattern:"
                + " [a-zA-Z]([a-zA-Z0-9_])+]");
      }
    }
    if (variables.values().stream().anyMatch(value -> value.indexOf(0) >= 0)) {
      throw new ServiceException(
          400, "SerializationException", "A variable's value cannot hold the character NUL");
    }
    checkSize(variables);
    return variables;
  }

  /** AWS's text goes on with the variables themselves; ours keeps their values to itself. */
  private static void checkSize(Map<String, String> variables) {
    String measured = Json.mapper().writeValueAsString(new TreeMap<>(variables));
    if (measured.getBytes(StandardCharsets.UTF_8).length > MAX_ENVIRONMENT) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit.");
    }
  }
}
