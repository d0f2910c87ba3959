package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Tags of functions; versions and aliases have none. */
record Tags(LambdaSetup setup) {
  private static final int MAX_BODY = 64 * 1024;
  private static final int MOST = 50;
  private static final String ARN =
      "arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:"
          + "(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?"
          + "|layer:([a-zA-Z0-9-_]+)"
          + "|code-signing-config:csc-[a-z0-9]{17}"
          + "|event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})";

  HttpReply add(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    Map<String, String> more = input.texts("Tags");
    if (more.isEmpty()) {
      throw Errors.invalid("An error occurred and the request cannot be processed.");
    }
    change(
        call,
        old -> {
          Map<String, String> tags = new HashMap<>(old);
          tags.putAll(more);
          check(tags);
          return tags;
        });
    return HttpReply.empty(204);
  }

  HttpReply remove(Call call) {
    List<String> keys = call.queries("tagKeys");
    if (keys.isEmpty()) {
      throw Errors.constraint("null", "tagKeys", "Member must not be null");
    }
    change(
        call,
        old -> {
          Map<String, String> tags = new HashMap<>(old);
          keys.forEach(tags::remove);
          return tags;
        });
    return HttpReply.empty(204);
  }

  HttpReply list(Call call) {
    FunctionKey key = key(call);
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.set(
        "Tags",
        Answers.tags(
            FunctionRows.find(setup.store().head(), key)
                .orElseThrow(() -> Errors.functionNotFound(key, ""))
                .tags()));
    return HttpReply.json(200, answer.toString());
  }

  private void change(Call call, UnaryOperator<Map<String, String>> change) {
    FunctionKey key = key(call);
    setup
        .store()
        .write((Transaction transaction) -> {
          FunctionDefinition was =
              FunctionRows.find(transaction, key)
                  .orElseThrow(() -> Errors.functionNotFound(key, ""));
          FunctionRows.put(transaction, key, was.withTags(change.apply(was.tags())));
          return key;
        });
  }

  private static FunctionKey key(Call call) {
    String arn = call.parameter("ARN");
    if (!arn.matches(ARN)) {
      throw Errors.constraint(
          "'" + arn + "'", "resource", "Member must satisfy regular expression pattern: " + ARN);
    }
    if (!arn.contains(":function:")) {
      throw Errors.notBuilt(call.operation().name() + " of " + arn);
    }
    FunctionName name = FunctionName.of(call.caller(), call.operation().name(), arn, null);
    if (!name.qualifier().isEmpty()) {
      throw Errors.invalid(
          "Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }
    return name.key();
  }

  static void check(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw Errors.invalid("Number of tags exceeds resource tag limit.");
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().isEmpty() || tag.getKey().length() > 128 || tag.getValue().length() > 256) {
        throw Errors.invalid("The tag key or value is too short or too long.");
      }
      if (tag.getKey().startsWith("aws:")) {
        throw Errors.invalid("Tag keys that begin with aws: are reserved.");
      }
    }
  }
}
