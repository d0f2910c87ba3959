package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Versions: a function as it was when it was published, under a number that is never reused. */
record Publishing(LambdaSetup setup) {
  private static final int MAX_BODY = 64 * 1024;
  private static final int PAGE = 50;

  HttpReply publish(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    if (input.has("PublishTo")) {
      throw Errors.notBuilt("PublishVersion with PublishTo");
    }
    FunctionName name = call.function();
    FunctionDefinition version =
        setup
            .store()
            .write(transaction -> {
              FunctionDefinition head =
                  FunctionRows.find(transaction, name.key())
                      .orElseThrow(() -> Errors.functionNotFound(name.key(), ""));
              check(head, input);
              return publish(transaction, name.key(), head, input.shortText("Description", 256));
            });
    String arn = VersionKey.of(name.key(), version).arn();
    return HttpReply.json(201, Answers.configuration(arn, version).toString());
  }

  private static void check(FunctionDefinition head, Input input) {
    if (!head.revisionId().equals(input.text("RevisionId").orElse(head.revisionId()))) {
      throw Errors.stale();
    }
    String sha256 =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(head.code().sha256()));
    String wanted = input.text("CodeSha256").filter(it -> !it.isEmpty()).orElse(sha256);
    if (!sha256.equals(wanted)) {
      throw Errors.invalid(
          "CodeSHA256 ("
              + wanted
              + ") is different from current CodeSHA256 in $LATEST ("
              + sha256
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
  }

  /** A new version, or the last one where nothing has changed since [C]. */
  FunctionDefinition publish(
      Transaction transaction,
      FunctionKey key,
      FunctionDefinition head,
      Optional<String> description) {
    if (head.code().directory() != null) {
      throw Errors.notBuilt("Publishing a function that runs from a directory as it is");
    }
    int last = FunctionRows.find(transaction, Kind.COUNTER, key, FunctionRows.LAST).orElse(0);
    Optional<FunctionDefinition> before = FunctionRows.find(transaction, key, "" + last);
    Settings settings = description.map(head.settings()::described).orElse(head.settings());
    if (before.isPresent() && same(before.get(), head)) {
      return before.get();
    }
    FunctionDefinition version =
        new FunctionDefinition(
            head.name(),
            settings,
            head.code(),
            head.lastModified(),
            setup.ids().get(),
            Map.of(),
            "" + (last + 1));
    FunctionRows.put(transaction, Kind.COUNTER, key, FunctionRows.LAST, last + 1);
    FunctionRows.put(transaction, key, version);
    return version;
  }

  private static boolean same(FunctionDefinition before, FunctionDefinition head) {
    return before.code().equals(head.code())
        && before.settings().described("").equals(head.settings().described(""));
  }

  HttpReply list(Call call) {
    FunctionName name = call.function();
    var view = setup.store().head();
    FunctionDefinition head =
        FunctionRows.find(view, name.key())
            .orElseThrow(() -> Errors.functionNotFound(name.key(), ""));
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 10_000, PAGE));
    @Nullable String after = call.query("Marker").filter(FunctionRows::isNumber).orElse(null);
    List<FunctionDefinition> page = new ArrayList<>(after == null ? List.of(head) : List.of());
    page.addAll(FunctionRows.versions(view, name.key(), after, limit + 1));
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("Versions");
    for (FunctionDefinition it : page.subList(0, Math.min(limit, page.size()))) {
      list.add(Answers.configuration(VersionKey.of(name.key(), it).arn(), it));
    }
    if (page.size() > limit) {
      String last = page.get(limit - 1).version();
      answer.put("NextMarker", last.equals(FunctionName.LATEST) ? "0" : last);
    }
    return HttpReply.json(200, answer.toString());
  }

  /** Deletes a version that no alias leads to. */
  void delete(FunctionName name) {
    String version = name.qualifier();
    setup
        .store()
        .write(transaction -> {
          if (!FunctionRows.isNumber(version)) {
            throw Errors.invalid("Deletion of aliases is not currently supported.");
          }
          List<String> aliases =
              FunctionRows.list(transaction, Kind.ALIAS, name.key(), null, Integer.MAX_VALUE)
                  .stream()
                  .filter(it -> it.version().equals(version) || it.weights().containsKey(version))
                  .map(Alias::name)
                  .toList();
          if (!aliases.isEmpty()) {
            throw Errors.conflict(
                "Unable to delete version because the following aliases reference it: " + aliases);
          }
          if (!FunctionRows.deleteVersion(transaction, name.key(), version)) {
            throw Errors.functionNotFound(name.key(), version);
          }
          return version;
        });
  }
}
