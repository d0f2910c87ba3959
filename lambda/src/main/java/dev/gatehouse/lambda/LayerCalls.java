package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Layers: archives that functions have in common. */
final class LayerCalls {
  private static final int PAGE = 50;
  private static final int MOST_RUNTIMES = 15;

  private final LambdaSetup setup;
  private final Functions functions;
  private final CodeInput code;

  LayerCalls(LambdaSetup setup, Functions functions) {
    this.functions = functions;
    this.setup = setup;
    LiveCode none = new LiveCode(List.of());
    this.code =
        new CodeInput(functions.layerCode(), setup.objects(), setup.code().zipBytes(), none);
  }

  HttpReply publish(Call call) throws IOException {
    Input input = Input.parse(call.body(FunctionCalls.MAX_CODE_BODY));
    LayerName layer = LayerName.of(call.caller(), call.parameter("LayerName"));
    String description = input.shortText("Description", 256).orElse("");
    List<String> runtimes = runtimes(input);
    List<String> architectures =
        input.choices("CompatibleArchitectures", 2, SettingsInput.ARCHITECTURES);
    String license = input.shortText("LicenseInfo", 512).orElse("");
    Code kept = code.keep(layer.key(), input.object("Content"), "PublishLayerVersion");
    String created = Times.modified(setup.clock().instant());
    LayerVersion version =
        setup
            .store()
            .write(transaction -> {
              LayerVersion fresh =
                  new LayerVersion(
                      LayerRows.next(transaction, layer.key()),
                      kept.sha256(),
                      kept.size(),
                      description,
                      created,
                      runtimes,
                      architectures,
                      license);
              LayerRows.put(transaction, layer.key(), fresh);
              return fresh;
            });
    return HttpReply.json(201, whole(layer, version).toString());
  }

  HttpReply get(Call call) {
    return HttpReply.json(200, shown(version(call)).toString());
  }

  HttpReply getByArn(Call call) {
    LayerName name = LayerName.ofArn(call.query("Arn").orElse(""));
    return HttpReply.json(200, shown(name).toString());
  }

  private ObjectNode shown(LayerName name) {
    LayerVersion version =
        LayerRows.find(setup.store().head(), name)
            .orElseThrow(() -> Errors.notFound("The resource you requested does not exist."));
    return whole(name, version);
  }

  /** No error where there is none [C]. */
  HttpReply delete(Call call) {
    LayerName name = version(call);
    setup
        .store()
        .write(transaction -> {
          LayerRows.delete(transaction, name);
          return name;
        });
    return HttpReply.empty(204);
  }

  HttpReply versions(Call call) {
    LayerName layer = LayerName.of(call.caller(), call.parameter("LayerName"));
    int before = call.number("Marker", 1, 999_999_999, 999_999_999);
    List<LayerVersion> all =
        LayerRows.versions(setup.store().head(), layer.key()).reversed().stream()
            .filter(it -> it.version() < before && fits(call, it))
            .toList();
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 50, PAGE));
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("LayerVersions");
    all.stream().limit(limit).forEach(it -> list.add(brief(layer, it)));
    if (all.size() > limit) {
      answer.put("NextMarker", "" + all.get(limit - 1).version());
    }
    return HttpReply.json(200, answer.toString());
  }

  HttpReply list(Call call) {
    Scope scope = call.caller().scope();
    View view = setup.store().head();
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 50, PAGE));
    @Nullable String after = call.query("Marker").filter(marker -> !marker.isEmpty()).orElse(null);
    List<String> names = LayerRows.names(view, scope, after, limit + 1);
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("Layers");
    for (String name : names.subList(0, Math.min(limit, names.size()))) {
      LayerName layer = new LayerName(new FunctionKey(scope, name), 0);
      latest(view, call, layer)
          .ifPresent(version -> {
            ObjectNode json = list.addObject().put("LayerName", name).put("LayerArn", layer.arn());
            json.set("LatestMatchingVersion", brief(layer, version));
          });
    }
    if (names.size() > limit) {
      answer.put("NextMarker", names.get(limit - 1));
    }
    return HttpReply.json(200, answer.toString());
  }

  private static Optional<LayerVersion> latest(View view, Call call, LayerName layer) {
    return LayerRows.versions(view, layer.key()).reversed().stream()
        .filter(it -> fits(call, it))
        .findFirst();
  }

  private static boolean fits(Call call, LayerVersion version) {
    return call.query("CompatibleRuntime").map(version.runtimes()::contains).orElse(true)
        && call.query("CompatibleArchitecture").map(version.architectures()::contains).orElse(true);
  }

  private static LayerName version(Call call) {
    LayerName layer = LayerName.of(call.caller(), call.parameter("LayerName"));
    String version = call.parameter("VersionNumber");
    if (!FunctionRows.isNumber(version) || Integer.parseInt(version) < 1) {
      throw Errors.invalid("Layer Version Cannot be less than 1.");
    }
    return layer.at(Integer.parseInt(version));
  }

  /** Any that AWS has, whether or not this machine does: a layer may be for several. */
  private List<String> runtimes(Input input) {
    List<String> given = input.list("CompatibleRuntimes");
    if (given.size() > MOST_RUNTIMES) {
      throw Errors.constraint(
          "'" + given + "'",
          "compatibleRuntimes",
          "Member must have length less than or equal to " + MOST_RUNTIMES);
    }
    if (!given.stream()
        .allMatch(name -> Runtimes.named(name) || setup.runtimes().find(name).isPresent())) {
      throw Errors.constraint(
          "'" + given + "'",
          "compatibleRuntimes",
          "Member must satisfy constraint: [Member must satisfy enum value set: "
              + setup.runtimes().available().keySet().stream().sorted().toList()
              + ", Member must not be null]");
    }
    return given;
  }

  private ObjectNode whole(LayerName layer, LayerVersion version) {
    ObjectNode json = brief(layer, version).put("LayerArn", layer.arn());
    byte[] hash = HexFormat.of().parseHex(version.sha256());
    json.putObject("Content")
        .put("CodeSha256", Base64.getEncoder().encodeToString(hash))
        .put("CodeSize", version.size())
        .put("Location", functions.links().layer(layer.key(), version.sha256()));
    return json;
  }

  private static ObjectNode brief(LayerName layer, LayerVersion version) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("LayerVersionArn", layer.at(version.version()).versionArn());
    json.put("Version", version.version());
    json.put("Description", version.description());
    json.put("CreatedDate", version.created());
    ArrayNode runtimes = json.putArray("CompatibleRuntimes");
    version.runtimes().forEach(runtimes::add);
    ArrayNode architectures = json.putArray("CompatibleArchitectures");
    version.architectures().forEach(architectures::add);
    if (!version.license().isEmpty()) {
      json.put("LicenseInfo", version.license());
    }
    return json;
  }
}
