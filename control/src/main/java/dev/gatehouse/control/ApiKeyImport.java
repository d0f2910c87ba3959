package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ImportApiKeys}: keys out of a file, into their plans [C]. A key whose value is known
 * already is changed. A line that is wrong is a warning and nothing else; with {@code
 * failonwarnings} nothing of the file is taken. It shares its path with {@code CreateApiKey}.
 */
record ApiKeyImport(Desk desk, ApiKeys keys, int maxBytes) {

  /** Whether a call is one. */
  static boolean isAsked(HttpCall call) {
    return call.method().equals("POST")
        && call.rawPath().equals("/apikeys")
        && has(call, "mode=import");
  }

  private static boolean has(HttpCall call, String pair) {
    return ("&" + call.rawQuery() + "&").contains("&" + pair + "&");
  }

  HttpReply handle(Scope scope, HttpCall call) throws IOException {
    if (!has(call, "format=csv")) {
      throw Refusals.badRequest("format must be csv");
    }
    byte[] bytes = call.body().readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw Refusals.badRequest("The file has more than " + maxBytes + " bytes");
    }
    KeyFile file = KeyFile.read(new String(bytes, UTF_8));
    boolean strict = has(call, "failonwarnings=true");
    ObjectNode answer =
        desk.store()
            .write(tx -> {
              ObjectNode made = take(tx, scope, file);
              if (strict && !made.get("warnings").isEmpty()) {
                throw Refusals.badRequest(made.at("/warnings/0").stringValue());
              }
              return made;
            });
    return HttpReply.json(201, answer.toString());
  }

  private ObjectNode take(Transaction tx, Scope scope, KeyFile file) {
    ObjectNode answer = Desk.object();
    ArrayNode ids = answer.putArray("ids");
    ArrayNode warnings = answer.putArray("warnings");
    Map<String, ObjectNode> known = new HashMap<>();
    ApiKeys.drawer(scope).all(tx).forEach(key -> known.put(key.get("value").stringValue(), key));
    int number = 1;
    for (Map<String, String> line : file.lines()) {
      number++;
      String wrong = wrong(line);
      if (wrong.isEmpty()) {
        ObjectNode key = known.computeIfAbsent(line.get("key"), any -> Desk.object());
        String id = keys.put(tx, scope, key, line);
        ids.add(id);
        join(tx, scope, id, line.getOrDefault("usageplanids", ""), warnings);
      } else {
        warnings.add("Line " + number + ": " + wrong);
      }
    }
    return answer;
  }

  private static String wrong(Map<String, String> line) {
    if (line.getOrDefault("name", "").length() > 1_024) {
      return "a name has at most 1024 characters";
    }
    int length = line.getOrDefault("key", "").length();
    return ApiKeys.fits(length) ? "" : "a key has 20 to 128 characters";
  }

  private static void join(
      Transaction tx, Scope scope, String id, String plans, ArrayNode warnings) {
    for (String plan : plans.split(",")) {
      String planId = plan.strip();
      if (planId.isEmpty()) {
        continue;
      }
      if (UsagePlans.drawer(scope).find(tx, planId).isEmpty()) {
        warnings.add("API key " + id + ": there is no usage plan " + planId);
      } else if (UsagePlanKeys.drawer(scope, planId).find(tx, id).isEmpty()) {
        UsagePlanKeys.join(tx, scope, planId, id);
      }
    }
  }
}
