package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How many invocations of a function may run at once, and what the account has. */
record ConcurrencyCalls(LambdaSetup setup) {
  private static final int MAX_BODY = 4096;
  private static final String MEMBER = "ReservedConcurrentExecutions";

  HttpReply put(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionKey key = key(call);
    int reserved =
        input
            .number(MEMBER, 0, Integer.MAX_VALUE)
            .orElseThrow(() ->
                Errors.constraint(
                    "null", "reservedConcurrentExecutions", "Member must not be null"));
    setup
        .store()
        .write(transaction -> {
          refuseMissing(transaction, key);
          FunctionRows.put(transaction, Kind.CONCURRENCY, key, FunctionRows.RESERVED, reserved);
          return key;
        });
    return HttpReply.json(200, json().put(MEMBER, reserved).toString());
  }

  HttpReply get(Call call) {
    FunctionKey key = key(call);
    View view = setup.store().head();
    refuseMissing(view, key);
    ObjectNode answer = json();
    FunctionRows.find(view, Kind.CONCURRENCY, key, FunctionRows.RESERVED)
        .ifPresent(reserved -> answer.put(MEMBER, reserved));
    return HttpReply.json(200, answer.toString());
  }

  HttpReply delete(Call call) {
    FunctionKey key = key(call);
    setup
        .store()
        .write(transaction -> {
          refuseMissing(transaction, key);
          return FunctionRows.delete(transaction, Kind.CONCURRENCY, key, FunctionRows.RESERVED);
        });
    return HttpReply.empty(204);
  }

  /** What this server has stands in for AWS's 1,000 concurrent invocations. */
  HttpReply account(Call call) {
    View view = setup.store().head();
    List<FunctionDefinition> functions =
        FunctionRows.list(view, call.caller().scope(), null, Integer.MAX_VALUE);
    ObjectNode answer = json();
    answer
        .putObject("AccountLimit")
        .put("TotalCodeSize", 80_530_636_800L)
        .put("CodeSizeUnzipped", setup.code().unpackedBytes())
        .put("CodeSizeZipped", setup.code().zipBytes())
        .put("ConcurrentExecutions", setup.processes().total())
        .put(
            "UnreservedConcurrentExecutions",
            Math.max(0, setup.processes().total() - reserved(view, call, functions)));
    answer
        .putObject("AccountUsage")
        .put("TotalCodeSize", functions.stream().mapToLong(it -> it.code().size()).sum())
        .put("FunctionCount", functions.size());
    return HttpReply.json(200, answer.toString());
  }

  private static long reserved(View view, Call call, List<FunctionDefinition> functions) {
    return functions.stream()
        .map(it -> new FunctionKey(call.caller().scope(), it.name()))
        .flatMap(
            key -> FunctionRows.find(view, Kind.CONCURRENCY, key, FunctionRows.RESERVED).stream())
        .mapToLong(Integer::longValue)
        .sum();
  }

  private static FunctionKey key(Call call) {
    FunctionName name = call.function();
    if (!name.qualifier().isEmpty()) {
      throw Errors.invalid(
          "This operation is permitted on Lambda functions only. Aliases and versions do not support"
              + " this operation. Please specify either a function name or an unqualified function"
              + " ARN.");
    }
    return name.key();
  }

  private static void refuseMissing(View view, FunctionKey key) {
    if (FunctionRows.find(view, key).isEmpty()) {
      throw Errors.functionNotFound(key, "");
    }
  }

  private static ObjectNode json() {
    return Json.mapper().createObjectNode();
  }
}
