package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.Code;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates, shows, changes and deletes functions. */
final class FunctionCalls {
  /** 50 MB as base64 and what stands around it [C]. */
  static final int MAX_CODE_BODY = 69_905_067;

  private static final int MAX_BODY = 1 << 20;

  private final LambdaSetup setup;
  private final Functions functions;
  private final Publishing publishing;
  private final SettingsInput settings;
  private final CodeInput code;

  FunctionCalls(LambdaSetup setup, Functions functions, Publishing publishing) {
    this.setup = setup;
    this.functions = functions;
    this.publishing = publishing;
    this.settings =
        new SettingsInput(setup.runtimes(), name -> LayerRows.find(setup.store().head(), name));
    LiveCode live = new LiveCode(setup.directories());
    this.code = new CodeInput(functions.code(), setup.objects(), setup.code().zipBytes(), live);
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
    call.require(key.arn());
    Settings wanted = settings.create(key.name(), input);
    call.requirePassing(wanted.role());
    requireReading(call, input.json().path("Code"));
    Map<String, String> tags = input.texts("Tags");
    Tags.check(tags);
    functions.pools().codeChanges().lock();
    try {
      refuseDuplicate(FunctionRows.find(setup.store().head(), key).isPresent(), key);
      Code kept = code.keep(key, input.object("Code"), "CreateFunction");
      FunctionDefinition definition = definition(key, wanted, kept, tags);
      FunctionDefinition shown =
          setup
              .store()
              .write(transaction -> {
                refuseDuplicate(FunctionRows.find(transaction, key).isPresent(), key);
                FunctionRows.put(transaction, key, definition);
                return published(transaction, key, definition, input);
              });
      return HttpReply.json(201, Answers.created(arn(key, shown), shown).toString());
    } finally {
      functions.pools().codeChanges().unlock();
    }
  }

  /** The new version where one is to be published at once, else the function. */
  private FunctionDefinition published(
      Transaction transaction, FunctionKey key, FunctionDefinition definition, Input input) {
    return input.flag("Publish")
        ? publishing.publish(transaction, key, definition, Optional.empty())
        : definition;
  }

  private static String arn(FunctionKey key, FunctionDefinition definition) {
    boolean head = definition.version().equals(FunctionName.LATEST);
    return head ? key.arn() : key.arn() + ":" + definition.version();
  }

  /** Code is read from a bucket for a caller who may read it there [C]. */
  private static void requireReading(Call call, JsonNode code) {
    if (code.has("S3Bucket")) {
      call.requireReading(code.path("S3Bucket").asString(""), code.path("S3Key").asString(""));
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
    answer.set("Configuration", Answers.configuration(name.arn(), definition));
    ObjectNode location = answer.putObject("Code").put("RepositoryType", "S3");
    if (definition.code().directory() == null) {
      String link = functions.links().function(name.key(), definition.code().sha256());
      location.put("Location", link);
    }
    View view = setup.store().head();
    FunctionRows.find(view, name.key())
        .map(FunctionDefinition::tags)
        .filter(tags -> !tags.isEmpty())
        .ifPresent(tags -> answer.set("Tags", Answers.tags(tags)));
    FunctionRows.find(view, Kind.CONCURRENCY, name.key(), FunctionRows.RESERVED)
        .ifPresent(reserved ->
            answer.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved));
    return HttpReply.json(200, answer.toString());
  }

  HttpReply getConfiguration(Call call) {
    FunctionName name = call.function();
    return HttpReply.json(200, Answers.configuration(name.arn(), existing(name)).toString());
  }

  /** None has any, which tools ask for to compare it with what they want. */
  HttpReply getCodeSigning(Call call) {
    FunctionDefinition definition = existing(call.function());
    ObjectNode answer = Json.mapper().createObjectNode();
    return HttpReply.json(200, answer.put("FunctionName", definition.name()).toString());
  }

  HttpReply list(Call call) {
    return new FunctionList(setup.store().head(), call.caller().scope()).answer(call);
  }

  HttpReply delete(Call call) {
    FunctionName name = call.function();
    if (name.qualifier().equals(FunctionName.LATEST)) {
      throw Errors.invalid("$LATEST version cannot be deleted without deleting the function.");
    }
    if (!name.qualifier().isEmpty()) {
      publishing.delete(name);
    } else if (!setup.store().write(transaction -> FunctionRows.delete(transaction, name.key()))) {
      throw Errors.functionNotFound(name.key(), "");
    }
    functions.changed(name.key());
    return HttpReply.empty(204);
  }

  HttpReply updateCode(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_CODE_BODY));
    if (input.has("PublishTo")) {
      throw Errors.notBuilt("UpdateFunctionCode with PublishTo");
    }
    requireReading(call, input.json());
    FunctionName name = head(call);
    existing(name);
    FunctionDefinition changed = replaceCode(name, input);
    functions.changed(name.key());
    return HttpReply.json(200, Answers.updated(arn(name.key(), changed), changed).toString());
  }

  private FunctionDefinition replaceCode(FunctionName name, Input input) throws IOException {
    functions.pools().codeChanges().lock();
    try {
      Optional<String> architecture = SettingsInput.architecture(input);
      Code kept = code.keep(name.key(), input, "UpdateFunctionCode");
      if (input.flag("DryRun")) {
        return existing(name);
      }
      return change(
          name,
          input,
          was -> {
            Settings settings = was.settings();
            Settings wanted = settings.on(architecture.orElse(settings.architecture()));
            return definition(name.key(), wanted, kept, was.tags());
          });
    } finally {
      functions.pools().codeChanges().unlock();
    }
  }

  HttpReply updateConfiguration(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionName name = head(call);
    input.text("Role").ifPresent(call::requirePassing);
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
    return HttpReply.json(200, Answers.updated(name.key().arn(), changed).toString());
  }

  /** Only what is not published can be changed. */
  private static FunctionName head(Call call) {
    FunctionName name = call.function();
    if (!name.qualifier().isEmpty()) {
      throw new ServiceException(
          400,
          "InvalidParameterValueException",
          "This operation is permitted on Lambda functions only. Aliases and versions do not support"
              + " this operation. Please specify either a function name or an unqualified function"
              + " ARN.");
    }
    return name;
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
          return published(transaction, name.key(), changed, input);
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
    String modified = Times.modified(setup.clock().instant());
    return new FunctionDefinition(
        key.name(), wanted, kept, modified, setup.ids().get(), tags, FunctionName.LATEST);
  }
}
