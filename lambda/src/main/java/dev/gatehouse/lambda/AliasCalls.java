package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Names for versions. */
record AliasCalls(LambdaSetup setup, Functions functions) {
  private static final String NAME = "(?!^[0-9]+$)([a-zA-Z0-9-_]{1,128})";
  private static final String VERSION = "(\\$LATEST|[0-9]{1,9})";
  private static final int MAX_BODY = 64 * 1024;
  private static final int PAGE = 50;

  HttpReply create(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionKey key = call.function().key();
    String name = input.required("Name", NAME);
    Alias alias =
        new Alias(
            name,
            input.required("FunctionVersion", VERSION),
            input.shortText("Description", 256).orElse(""),
            weights(input).orElse(Map.of()),
            setup.ids().get());
    setup
        .store()
        .write(transaction -> {
          checkVersions(transaction, key, alias);
          if (FunctionRows.find(transaction, Kind.ALIAS, key, name).isPresent()) {
            throw Errors.conflict("Alias already exists: " + arn(key, name));
          }
          FunctionRows.put(transaction, Kind.ALIAS, key, name, alias);
          return name;
        });
    return HttpReply.json(201, json(key, alias).toString());
  }

  HttpReply get(Call call) {
    FunctionKey key = call.function().key();
    Alias alias = existing(setup.store().head(), key, call.parameter("Name"));
    return HttpReply.json(200, json(key, alias).toString());
  }

  HttpReply list(Call call) {
    FunctionKey key = call.function().key();
    View view = setup.store().head();
    if (FunctionRows.find(view, key).isEmpty()) {
      throw Errors.functionNotFound(key, "");
    }
    Optional<String> version = call.query("FunctionVersion");
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 10_000, PAGE));
    @Nullable String after = call.query("Marker").filter(marker -> !marker.isEmpty()).orElse(null);
    List<Alias> page =
        FunctionRows.list(view, Kind.ALIAS, key, after, Integer.MAX_VALUE).stream()
            .filter(it -> it.version().equals(version.orElse(it.version())))
            .limit(limit + 1L)
            .toList();
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("Aliases");
    page.stream().limit(limit).forEach(alias -> list.add(json(key, alias)));
    if (page.size() > limit) {
      answer.put("NextMarker", page.get(limit - 1).name());
    }
    return HttpReply.json(200, answer.toString());
  }

  HttpReply update(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionKey key = call.function().key();
    String name = call.parameter("Name");
    Alias changed =
        setup
            .store()
            .write(transaction -> {
              Alias was = existing(transaction, key, name);
              if (!was.revisionId().equals(input.text("RevisionId").orElse(was.revisionId()))) {
                throw Errors.stale();
              }
              Alias alias =
                  new Alias(
                      name,
                      input.text("FunctionVersion", VERSION).orElse(was.version()),
                      input.shortText("Description", 256).orElse(was.description()),
                      weights(input).orElse(was.weights()),
                      setup.ids().get());
              checkVersions(transaction, key, alias);
              FunctionRows.put(transaction, Kind.ALIAS, key, name, alias);
              return alias;
            });
    return HttpReply.json(200, json(key, changed).toString());
  }

  /** No error where there is none [L]. */
  HttpReply delete(Call call) {
    FunctionKey key = call.function().key();
    String name = call.parameter("Name");
    setup
        .store()
        .write(transaction -> {
          if (FunctionRows.find(transaction, key).isEmpty()) {
            throw Errors.functionNotFound(key, "");
          }
          FunctionRows.delete(transaction, Kind.POLICY, key, name);
          FunctionRows.delete(transaction, Kind.EVENTS, key, name);
          return FunctionRows.delete(transaction, Kind.ALIAS, key, name);
        });
    return HttpReply.empty(204);
  }

  private static Alias existing(View view, FunctionKey key, String name) {
    return FunctionRows.find(view, Kind.ALIAS, key, name)
        .orElseThrow(() -> Errors.notFound("Cannot find alias arn: " + arn(key, name)));
  }

  private static void checkVersions(Transaction transaction, FunctionKey key, Alias alias) {
    if (FunctionRows.find(transaction, key).isEmpty()) {
      throw Errors.functionNotFound(key, "");
    }
    checkVersion(transaction, key, alias.version());
    if (alias.weights().isEmpty()) {
      return;
    }
    if (alias.version().equals(FunctionName.LATEST)
        || alias.weights().containsKey(FunctionName.LATEST)) {
      throw Errors.invalid("$LATEST is not supported for an alias pointing to more than 1 version");
    }
    for (String other : alias.weights().keySet()) {
      if (other.equals(alias.version())) {
        throw Errors.invalid(
            "Invalid function version "
                + other
                + ". Function version "
                + other
                + " is already included in routing configuration.");
      }
      checkVersion(transaction, key, other);
    }
  }

  private static void checkVersion(View view, FunctionKey key, String version) {
    if (FunctionRows.find(view, key, version).isEmpty()) {
      throw Errors.functionNotFound(key, version);
    }
  }

  /** Empty where the input does not speak of them. */
  private static Optional<Map<String, Double>> weights(Input input) {
    JsonNode routing = input.json().path("RoutingConfig");
    if (!routing.isObject()) {
      return Optional.empty();
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    JsonNode given = routing.path("AdditionalVersionWeights");
    for (String version : given.propertyNames()) {
      JsonNode weight = given.path(version);
      if (!weight.isNumber() || !version.matches(VERSION)) {
        throw new ServiceException(
            400, "SerializationException", "AdditionalVersionWeights are numbers by version");
      }
      if (weight.doubleValue() < 0 || weight.doubleValue() > 1) {
        throw Errors.constraint(
            "'{" + version + "=" + weight + "}'",
            "routingConfig.additionalVersionWeights",
            "Map value must satisfy constraint: [Member must have value less than or equal to 1.0,"
                + " Member must have value greater than or equal to 0.0]");
      }
      weights.put(version, weight.doubleValue());
    }
    if (weights.size() > 1) {
      throw Errors.invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    return Optional.of(weights);
  }

  private static ObjectNode json(FunctionKey key, Alias alias) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("AliasArn", arn(key, alias.name())).put("Name", alias.name());
    json.put("FunctionVersion", alias.version()).put("Description", alias.description());
    if (!alias.weights().isEmpty()) {
      ObjectNode weights = json.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      alias.weights().forEach(weights::put);
    }
    return json.put("RevisionId", alias.revisionId());
  }

  private static String arn(FunctionKey key, String name) {
    return key.arn() + ":" + name;
  }
}
