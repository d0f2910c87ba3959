package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Retries, age and destinations of events that nobody waits for, per qualifier. */
record EventConfigCalls(LambdaSetup setup, Functions functions) {
  private static final int MAX_BODY = 16 * 1024;
  private static final int PAGE = 50;
  private static final String DESTINATION =
      "^$|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
          + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)";

  /** What was set before is gone. */
  HttpReply put(Call call) throws IOException {
    refuseMissing(call.function());
    return set(call, EventConfig.NONE);
  }

  /** What is not said stays. */
  HttpReply update(Call call) throws IOException {
    refuseMissing(call.function());
    return set(call, existing(setup.store().head(), call.function()));
  }

  private HttpReply set(Call call, EventConfig old) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionName name = call.function();
    if (Stream.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig")
        .noneMatch(input::has)) {
      throw Errors.invalid(
          "You must specify at least one of error handling or destination setting.");
    }
    EventConfig config = read(name, input, old);
    setup
        .store()
        .write((Transaction transaction) -> {
          FunctionRows.put(transaction, Kind.EVENTS, name.key(), qualifier(name), config);
          return name;
        });
    return HttpReply.json(200, json(name, config).toString());
  }

  private void refuseMissing(FunctionName name) {
    if (functions.resolve(name).isEmpty()) {
      throw Errors.notFound("The function doesn't exist.");
    }
  }

  private EventConfig read(FunctionName name, Input input, EventConfig old) {
    Input destinations = input.object("DestinationConfig");
    boolean given = input.has("DestinationConfig");
    return new EventConfig(
        input.number("MaximumRetryAttempts", 0, 2).orElse(old.retries()),
        input.number("MaximumEventAgeInSeconds", 60, 21_600).orElse(old.maxAge()),
        given ? destination(name, destinations.object("OnSuccess")).orElse(null) : old.onSuccess(),
        given ? destination(name, destinations.object("OnFailure")).orElse(null) : old.onFailure(),
        setup.clock().millis() / 1000.0);
  }

  private Optional<String> destination(FunctionName of, Input input) {
    Optional<String> arn = input.text("Destination", DESTINATION).filter(it -> !it.isEmpty());
    if (arn.isPresent() && !arn.get().contains(":lambda:")) {
      throw Errors.notBuilt("A destination that is no function, such as " + arn.get());
    }
    arn.ifPresent(it -> {
      if (FunctionName.ofArn(it).filter(to -> to.key().equals(of.key())).isPresent()) {
        throw Errors.invalid("You can't specify the function as a destination for itself.");
      }
      if (FunctionName.ofArn(it).flatMap(functions::resolve).isEmpty()) {
        throw Errors.invalid("The destination ARN " + it + " is invalid.");
      }
    });
    return arn;
  }

  HttpReply get(Call call) {
    FunctionName name = call.function();
    return HttpReply.json(200, json(name, existing(setup.store().head(), name)).toString());
  }

  HttpReply delete(Call call) {
    FunctionName name = call.function();
    refuseMissing(name);
    setup
        .store()
        .write((Transaction transaction) -> {
          existing(transaction, name);
          return FunctionRows.delete(transaction, Kind.EVENTS, name.key(), qualifier(name));
        });
    return HttpReply.empty(204);
  }

  HttpReply list(Call call) {
    FunctionName name = call.function();
    refuseMissing(name);
    View view = setup.store().head();
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 50, PAGE));
    @Nullable String after = call.query("Marker").filter(marker -> !marker.isEmpty()).orElse(null);
    List<String> ids = FunctionRows.ids(view, Kind.EVENTS, name.key(), after, limit + 1);
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("FunctionEventInvokeConfigs");
    for (String id : ids.subList(0, Math.min(limit, ids.size()))) {
      FunctionName one = new FunctionName(name.key(), id);
      list.add(json(one, existing(view, one)));
    }
    if (ids.size() > limit) {
      answer.put("NextMarker", ids.get(limit - 1));
    }
    return HttpReply.json(200, answer.toString());
  }

  private static EventConfig existing(View view, FunctionName name) {
    return FunctionRows.find(view, Kind.EVENTS, name.key(), qualifier(name))
        .orElseThrow(() ->
            Errors.notFound(
                "The function "
                    + name.key().arn()
                    + ":"
                    + qualifier(name)
                    + " doesn't have an EventInvokeConfig"));
  }

  private static String qualifier(FunctionName name) {
    return name.qualifier().isEmpty() ? FunctionName.LATEST : name.qualifier();
  }

  private static ObjectNode json(FunctionName name, EventConfig config) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("LastModified", config.lastModified());
    json.put("FunctionArn", name.key().arn() + ":" + qualifier(name));
    if (config.retries() != null) {
      json.put("MaximumRetryAttempts", config.retries());
    }
    if (config.maxAge() != null) {
      json.put("MaximumEventAgeInSeconds", config.maxAge());
    }
    ObjectNode destinations = json.putObject("DestinationConfig");
    put(destinations.putObject("OnSuccess"), config.onSuccess());
    put(destinations.putObject("OnFailure"), config.onFailure());
    return json;
  }

  private static void put(ObjectNode json, @Nullable String arn) {
    if (arn != null) {
      json.put("Destination", arn);
    }
  }
}
