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

  HttpReply add(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    Map<String, String> more = input.texts("Tags");
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
    FunctionName name =
        FunctionName.of(call.caller(), call.operation().name(), call.parameter("ARN"), null);
    if (!name.qualifier().isEmpty() || !call.parameter("ARN").startsWith("arn:")) {
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
