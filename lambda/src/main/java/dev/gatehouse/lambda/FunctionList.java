package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ListFunctions: the functions of an account, or all their versions, page by page. */
record FunctionList(View view, Scope scope) {
  private static final int PAGE = 50;

  HttpReply answer(Call call) {
    if (call.query("MasterRegion").isPresent()) {
      throw Errors.notBuilt("ListFunctions with MasterRegion");
    }
    Optional<String> wanted = call.query("FunctionVersion");
    if (wanted.isPresent() && !wanted.get().equals("ALL")) {
      throw Errors.constraint(
          "'" + wanted.get() + "'", "functionVersion", "Member must satisfy enum value set: [ALL]");
    }
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 10_000, PAGE));
    String marker = call.query("Marker").orElse("");
    List<FunctionDefinition> found =
        wanted.isPresent() ? versions(marker, limit + 1) : heads(marker, limit + 1);
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("Functions");
    for (FunctionDefinition each : found.subList(0, Math.min(limit, found.size()))) {
      String arn = wanted.isPresent() ? VersionKey.of(key(each), each).arn() : key(each).arn();
      list.add(Answers.configuration(arn, each));
    }
    if (found.size() > limit) {
      FunctionDefinition last = found.get(limit - 1);
      answer.put("NextMarker", wanted.isPresent() ? place(last) : last.name());
    }
    return HttpReply.json(200, answer.toString());
  }

  private List<FunctionDefinition> heads(String after, int most) {
    return FunctionRows.list(view, scope, after.isEmpty() ? null : after, most);
  }

  /** Each function and then its versions, after the one that the marker names. */
  private List<FunctionDefinition> versions(String marker, int most) {
    String[] after = marker.split(":", 2);
    List<FunctionDefinition> all = new ArrayList<>();
    if (after.length == 2) {
      all.addAll(published(after[0], FunctionRows.isNumber(after[1]) ? after[1] : null, most));
    }
    for (List<FunctionDefinition> heads = heads(after[0], 1);
        !heads.isEmpty() && all.size() < most;
        heads = heads(heads.getLast().name(), 1)) {
      all.addAll(heads);
      all.addAll(published(heads.getLast().name(), null, most));
    }
    return all;
  }

  private List<FunctionDefinition> published(String name, @Nullable String after, int most) {
    return FunctionRows.versions(view, new FunctionKey(scope, name), after, most);
  }

  private static String place(FunctionDefinition last) {
    return last.name() + ":" + last.version();
  }

  private FunctionKey key(FunctionDefinition definition) {
    return new FunctionKey(scope, definition.name());
  }
}
