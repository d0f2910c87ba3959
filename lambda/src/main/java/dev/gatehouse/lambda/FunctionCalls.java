package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, shows, changes and deletes functions. */
final class FunctionCalls {
  /** 50 MB as base64 and what stands around it [C]. */
  private static final int MAX_CODE_BODY = 69_905_067;

  private static final int MAX_BODY = 1 << 20;
  private static final int PAGE = 50;
  private static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LambdaSetup setup;
  private final Functions functions;
  private final SettingsInput settings;
  private final CodeInput code;

  FunctionCalls(LambdaSetup setup, Functions functions) {
    this.setup = setup;
    this.functions = functions;
    this.settings = new SettingsInput(setup.runtimes());
    this.code = new CodeInput(functions.code(), setup.objects(), setup.code().zipBytes());
  }

  HttpReply create(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_CODE_BODY));
    FunctionName name =
        FunctionName.of(
            call.caller(), "CreateFunction", input.required("FunctionName", "(?s).*"), null);
    FunctionKey key = name.key();
    if (key.name().length() > 64) {
      throw Errors.constraint(
          "'" + key.name() + "'",
          "functionName",
          "Member must have length less than or equal to 64");
    }
    if (input.json().path("Publish").booleanValue(false)) {
      throw Errors.notBuilt("CreateFunction with Publish");
    }
    Settings wanted = settings.create(key.name(), input);
    Map<String, String> tags = input.texts("Tags");
    functions.pools().codeChanges().lock();
    try {
      refuseDuplicate(FunctionRows.find(setup.store().head(), key).isPresent(), key);
      Code kept = code.keep(key, input.object("Code"), "CreateFunction");
      FunctionDefinition definition = definition(key, wanted, kept, tags);
      setup
          .store()
          .write(transaction -> {
            refuseDuplicate(FunctionRows.find(transaction, key).isPresent(), key);
            FunctionRows.put(transaction, key, definition);
            return definition;
          });
      return HttpReply.json(201, Answers.created(key, definition).toString());
    } finally {
      functions.pools().codeChanges().unlock();
    }
  }

  private static void refuseDuplicate(boolean exists, FunctionKey key) {
    if (exists) {
      throw Errors.conflict("Function already exist: " + key.name());
    }
  }

  HttpReply get(Call call) {
    FunctionName name = call.function();
    FunctionDefinition definition = existing(name);
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.set("Configuration", Answers.configuration(name.key(), definition));
    answer.putObject("Code").put("RepositoryType", "S3");
    if (!definition.tags().isEmpty()) {
      answer.set("Tags", Answers.tags(definition.tags()));
    }
    return HttpReply.json(200, answer.toString());
  }

  HttpReply getConfiguration(Call call) {
    FunctionName name = call.function();
    return HttpReply.json(200, Answers.configuration(name.key(), existing(name)).toString());
  }

  HttpReply list(Call call) {
    if (call.query("FunctionVersion").isPresent()) {
      throw Errors.notBuilt("ListFunctions with FunctionVersion");
    }
    int limit = Math.min(PAGE, call.number("MaxItems", 1, 10_000, PAGE));
    @Nullable String after = call.query("Marker").filter(marker -> !marker.isEmpty()).orElse(null);
    List<FunctionDefinition> page =
        FunctionRows.list(setup.store().head(), call.caller().scope(), after, limit + 1);
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("Functions");
    for (FunctionDefinition definition : page.subList(0, Math.min(limit, page.size()))) {
      FunctionKey key = new FunctionKey(call.caller().scope(), definition.name());
      list.add(Answers.configuration(key, definition));
    }
    if (page.size() > limit) {
      answer.put("NextMarker", page.get(limit - 1).name());
    }
    return HttpReply.json(200, answer.toString());
  }

  HttpReply delete(Call call) {
    FunctionName name = call.function();
    if (name.qualifier().equals(FunctionName.LATEST)) {
      throw Errors.invalid("$LATEST version cannot be deleted without deleting the function.");
    }
    FunctionDefinition definition = existing(name);
    boolean deleted =
        setup.store().write(transaction -> FunctionRows.delete(transaction, name.key()));
    if (!deleted) {
      throw Errors.functionNotFound(name.key(), name.qualifier());
    }
    functions.pools().replaced(name.key(), definition.code().sha256());
    return HttpReply.empty(204);
  }

  HttpReply updateCode(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_CODE_BODY));
    if (input.json().path("Publish").booleanValue(false)) {
      throw Errors.notBuilt("UpdateFunctionCode with Publish");
    }
    FunctionName name = call.function();
    FunctionDefinition old = existing(name);
    Replaced replaced = replaceCode(name, old, input);
    if (!replaced.unused().equals(replaced.definition().code())) {
      functions.pools().replaced(name.key(), replaced.unused().sha256());
    }
    return HttpReply.json(200, Answers.updated(name.key(), replaced.definition()).toString());
  }

  /** A function after an update of its code, and the archive that it does not use. */
  private record Replaced(FunctionDefinition definition, Code unused) {}

  private Replaced replaceCode(FunctionName name, FunctionDefinition old, Input input)
      throws IOException {
    functions.pools().codeChanges().lock();
    try {
      Code kept = code.keep(name.key(), input, "UpdateFunctionCode");
      if (input.json().path("DryRun").booleanValue(false)) {
        return new Replaced(old, kept);
      }
      FunctionDefinition changed =
          change(name, input, was -> definition(name.key(), was.settings(), kept, was.tags()));
      return new Replaced(changed, old.code());
    } finally {
      functions.pools().codeChanges().unlock();
    }
  }

  HttpReply updateConfiguration(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionName name = call.function();
    FunctionDefinition changed =
        change(
            name,
            input,
            was ->
                definition(
                    name.key(),
                    settings.update(was.settings(), input, "UpdateFunctionConfiguration"),
                    was.code(),
                    was.tags()));
    functions.changed(name.key());
    return HttpReply.json(200, Answers.updated(name.key(), changed).toString());
  }

  private FunctionDefinition change(
      FunctionName name, Input input, UnaryOperator<FunctionDefinition> change) {
    return setup
        .store()
        .write((Transaction transaction) -> {
          FunctionDefinition was =
              FunctionRows.find(transaction, name.key())
                  .orElseThrow(() -> Errors.functionNotFound(name.key(), name.qualifier()));
          if (!was.revisionId().equals(input.text("RevisionId").orElse(was.revisionId()))) {
            throw Errors.stale();
          }
          FunctionDefinition changed = change.apply(was);
          FunctionRows.put(transaction, name.key(), changed);
          return changed;
        });
  }

  private FunctionDefinition existing(FunctionName name) {
    return functions
        .resolve(name)
        .orElseThrow(() -> Errors.functionNotFound(name.key(), name.qualifier()))
        .definition();
  }

  private FunctionDefinition definition(
      FunctionKey key, Settings wanted, Code kept, Map<String, String> tags) {
    String modified = MODIFIED.format(setup.clock().instant());
    return new FunctionDefinition(key.name(), wanted, kept, modified, setup.ids().get(), tags);
  }
}
