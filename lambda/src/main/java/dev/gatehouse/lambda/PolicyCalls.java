package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds, removes and shows permissions. A policy belongs to a qualifier, or to none. */
record PolicyCalls(LambdaSetup setup, Functions functions) {
  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_POLICY = 20_480;

  HttpReply add(Call call) throws IOException {
    Input input = Input.parse(call.body(MAX_BODY));
    FunctionName name = named(call);
    ObjectNode statement = PolicyStatement.of(input, name.arn());
    String id = statement.path("Sid").stringValue();
    setup
        .store()
        .write(transaction -> {
          refuseMissing(transaction, name);
          Optional<ResourcePolicy> old = policy(transaction, name);
          checkRevision(old, input.text("RevisionId").orElse(null));
          ObjectNode document = old.map(PolicyCalls::document).orElseGet(PolicyCalls::fresh);
          if (indexOf(document, id) >= 0) {
            throw duplicate(id);
          }
          ((ArrayNode) document.path("Statement")).add(statement);
          put(transaction, name, document);
          return id;
        });
    ObjectNode answer = Json.mapper().createObjectNode().put("Statement", statement.toString());
    return HttpReply.json(201, answer.toString());
  }

  HttpReply remove(Call call) {
    FunctionName name = named(call);
    String id = call.parameter("StatementId");
    setup
        .store()
        .write(transaction -> {
          if (FunctionRows.find(transaction, name.key()).isEmpty()) {
            throw Errors.notFound("No policy found for: " + name.arn());
          }
          refuseMissing(transaction, name);
          ResourcePolicy old =
              policy(transaction, name)
                  .orElseThrow(
                      () -> Errors.notFound("No policy is associated with the given resource."));
          removeStatement(transaction, name, old, id, call.query("RevisionId").orElse(null));
          return id;
        });
    return HttpReply.empty(204);
  }

  private void removeStatement(
      Transaction transaction,
      FunctionName name,
      ResourcePolicy old,
      String id,
      @Nullable String revisionId) {
    ObjectNode document = document(old);
    int index = indexOf(document, id);
    if (index < 0) {
      throw Errors.notFound("Statement " + id + " is not found in resource policy.");
    }
    checkRevision(Optional.of(old), revisionId);
    ArrayNode statements = (ArrayNode) document.path("Statement");
    statements.remove(index);
    if (statements.isEmpty()) {
      FunctionRows.delete(transaction, Kind.POLICY, name.key(), qualifier(name));
    } else {
      put(transaction, name, document);
    }
  }

  HttpReply get(Call call) {
    FunctionName name = call.function();
    ResourcePolicy policy =
        functions
            .resolve(name)
            .flatMap(found -> policy(setup.store().head(), name))
            .orElseThrow(() -> Errors.notFound("The resource you requested does not exist."));
    ObjectNode answer =
        Json.mapper()
            .createObjectNode()
            .put("Policy", policy.document())
            .put("RevisionId", policy.revisionId());
    return HttpReply.json(200, answer.toString());
  }

  private static FunctionName named(Call call) {
    FunctionName name = call.function();
    if (name.qualifier().equals(FunctionName.LATEST)) {
      throw Errors.invalid("We currently do not support adding policies for $LATEST.");
    }
    return name;
  }

  private static void refuseMissing(Transaction transaction, FunctionName name) {
    FunctionKey key = name.key();
    boolean there =
        FunctionRows.find(transaction, key, qualifier(name)).isPresent()
            || FunctionRows.find(transaction, Kind.ALIAS, key, qualifier(name)).isPresent();
    if (!there && FunctionRows.isNumber(qualifier(name))) {
      throw Errors.functionNotFound(key, name.qualifier());
    }
    if (!there && !name.qualifier().isEmpty() && FunctionRows.find(transaction, key).isPresent()) {
      throw Errors.notFound("Cannot find alias arn: " + name.arn());
    }
    if (!there) {
      throw Errors.functionNotFound(key, name.qualifier());
    }
  }

  private static String qualifier(FunctionName name) {
    return name.qualifier().isEmpty() ? FunctionName.LATEST : name.qualifier();
  }

  private static Optional<ResourcePolicy> policy(View view, FunctionName name) {
    return FunctionRows.find(view, Kind.POLICY, name.key(), qualifier(name));
  }

  private void put(Transaction transaction, FunctionName name, ObjectNode document) {
    String text = document.toString();
    if (text.length() > MAX_POLICY) {
      throw new ServiceException(
          400,
          "PolicyLengthExceededException",
          "The final policy size ("
              + text.length()
              + ") is bigger than the limit ("
              + MAX_POLICY
              + ").");
    }
    ResourcePolicy policy = new ResourcePolicy(setup.ids().get(), text);
    FunctionRows.put(transaction, Kind.POLICY, name.key(), qualifier(name), policy);
  }

  private static void checkRevision(Optional<ResourcePolicy> old, @Nullable String wanted) {
    if (wanted != null && !old.map(ResourcePolicy::revisionId).orElse("").equals(wanted)) {
      throw Errors.stale();
    }
  }

  private static ObjectNode document(ResourcePolicy policy) {
    return (ObjectNode) Json.mapper().readTree(policy.document());
  }

  private static ObjectNode fresh() {
    ObjectNode document = Json.mapper().createObjectNode();
    document.put("Version", "2012-10-17").put("Id", "default").putArray("Statement");
    return document;
  }

  private static int indexOf(ObjectNode document, String id) {
    int index = 0;
    for (JsonNode statement : document.path("Statement")) {
      if (id.equals(statement.path("Sid").stringValue(""))) {
        return index;
      }
      index++;
    }
    return -1;
  }

  private static ServiceException duplicate(String id) {
    return Errors.conflict(
        "The statement id ("
            + id
            + ") provided already exists. Please provide a new statement id, or remove the"
            + " existing statement.");
  }
}
