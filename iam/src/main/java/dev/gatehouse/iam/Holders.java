package dev.gatehouse.iam;

import dev.gatehouse.store.View;
import dev.gatehouse.wire.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations that roles and users share: one row holds a principal with all its policies. */
final class Holders {
  private static final String INLINE = "Policies";
  private static final String ATTACHED = "Attached";
  private static final int LONGEST_POLICY_NAME = 128;

  private final Desk desk;
  private final HolderKind kind;

  Holders(Desk desk, HolderKind kind) {
    this.desk = desk;
    this.kind = kind;
  }

  ObjectNode create(Call call, Consumer<ObjectNode> more) {
    String name = kind.name(call);
    String path = Names.path(call.input());
    return desk.write(tx -> {
      if (desk.find(tx, kind.kind(), call.account(), name).isPresent()) {
        throw Refusals.exists(kind.title(), name);
      }
      if (tx.count(kind.kind().shelf(call.account()), kind.quota()) >= kind.quota()) {
        throw Refusals.limit(kind.title() + "sPerAccount", kind.quota());
      }
      ObjectNode body =
          Trees.object()
              .put("Path", path)
              .put(kind.nameMember(), name)
              .put(kind.title() + "Id", kind.uniqueId(call.account(), name))
              .put("Arn", kind.arn(call.account(), path, name))
              .put("CreateDate", desk.now());
      more.accept(body);
      Tags.add(body, call.input());
      body.putObject(INLINE);
      body.putArray(ATTACHED);
      desk.put(tx, kind.kind(), call.account(), name, body);
      return one(body);
    });
  }

  ObjectNode get(Call call) {
    return one(require(desk.store().head(), call));
  }

  @Nullable ObjectNode delete(Call call) {
    return desk.write(tx -> {
      ObjectNode body = require(tx, call);
      if (!body.path(INLINE).isEmpty()) {
        throw Refusals.conflict("Cannot delete entity, must delete policies first.");
      }
      if (!body.path(ATTACHED).isEmpty()) {
        throw Refusals.conflict("Cannot delete entity, must detach all policies first.");
      }
      desk.delete(tx, kind.kind(), call.account(), kind.name(call));
      return null;
    });
  }

  ObjectNode list(Call call) {
    String prefix = call.input().find("PathPrefix").orElse("/");
    List<ObjectNode> all =
        desk.all(desk.store().head(), kind.kind(), call.account()).stream()
            .filter(body -> body.path("Path").asString().startsWith(prefix))
            .toList();
    return Pages.of(
        call.input(),
        kind.title() + "s",
        all,
        body -> Desk.id(body.path(kind.nameMember()).asString()),
        body -> shown(body).without("Tags"));
  }

  ObjectNode listTags(Call call) {
    ObjectNode result = Trees.object();
    ObjectNode body = require(desk.store().head(), call);
    result.set("Tags", body.has("Tags") ? body.get("Tags") : result.arrayNode());
    return result.put("IsTruncated", false);
  }

  @Nullable ObjectNode putInline(Call call) {
    String name = Names.need(call.input(), "PolicyName", LONGEST_POLICY_NAME);
    String document = Documents.held(call.input().need("PolicyDocument"), kind.inlineCharacters());
    return change(
        call,
        body -> {
          ObjectNode policies = (ObjectNode) body.get(INLINE);
          policies.put(name, document);
          int characters =
              policies
                  .valueStream()
                  .mapToInt(each -> each.asString().replaceAll("\\s", "").length())
                  .sum();
          if (characters > kind.inlineCharacters()) {
            throw new ServiceException(
                409,
                "LimitExceeded",
                "Maximum policy size of %d bytes exceeded for %s %s"
                    .formatted(kind.inlineCharacters(), kind.word(), kind.name(call)));
          }
          return body;
        });
  }

  ObjectNode getInline(Call call) {
    ObjectNode body = require(desk.store().head(), call);
    String name = call.input().need("PolicyName");
    JsonNode document = body.path(INLINE).path(name);
    if (document.isMissingNode()) {
      throw Refusals.none(kind.word() + " policy", name);
    }
    return Trees.object()
        .put(kind.nameMember(), body.path(kind.nameMember()).asString())
        .put("PolicyName", name)
        .put("PolicyDocument", Trees.encoded(document.asString()));
  }

  @Nullable ObjectNode deleteInline(Call call) {
    String name = call.input().need("PolicyName");
    return change(
        call,
        body -> {
          if (((ObjectNode) body.get(INLINE)).remove(name) == null) {
            throw Refusals.none(kind.word() + " policy", name);
          }
          return body;
        });
  }

  ObjectNode listInline(Call call) {
    ObjectNode body = require(desk.store().head(), call);
    List<Map.Entry<String, JsonNode>> policies = List.copyOf(body.path(INLINE).properties());
    List<String> names = policies.stream().map(Map.Entry::getKey).sorted().toList();
    return Pages.of(call.input(), "PolicyNames", names, n -> n, Trees.object()::stringNode);
  }

  @Nullable ObjectNode attach(Call call, ManagedPolicies managed) {
    String arn = call.input().need("PolicyArn");
    return desk.write(tx -> {
      if (!managed.exists(tx, call.account(), arn)) {
        throw Refusals.notAttachable(arn);
      }
      ObjectNode body = require(tx, call);
      if (!attached(body).contains(arn)) {
        if (body.get(ATTACHED).size() >= HolderKind.ATTACHED) {
          throw Refusals.limit("PoliciesPer" + kind.title(), HolderKind.ATTACHED);
        }
        body.withArray(ATTACHED).add(arn);
      }
      desk.put(tx, kind.kind(), call.account(), kind.name(call), body);
      return null;
    });
  }

  @Nullable ObjectNode detach(Call call) {
    String arn = call.input().need("PolicyArn");
    return change(
        call,
        body -> {
          List<String> left = attached(body).stream().filter(each -> !each.equals(arn)).toList();
          if (left.size() == body.get(ATTACHED).size()) {
            throw Refusals.noPolicy(arn);
          }
          left.forEach(body.putArray(ATTACHED)::add);
          return body;
        });
  }

  ObjectNode listAttached(Call call) {
    List<String> arns = attached(require(desk.store().head(), call)).stream().sorted().toList();
    return Pages.of(
        call.input(),
        "AttachedPolicies",
        arns,
        arn -> arn,
        arn ->
            Trees.object()
                .put("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .put("PolicyArn", arn));
  }

  /** Changes the row of a call; the operation has no result. */
  @Nullable ObjectNode change(Call call, UnaryOperator<ObjectNode> change) {
    return desk.write(tx -> {
      ObjectNode body = change.apply(require(tx, call));
      desk.put(tx, kind.kind(), call.account(), kind.name(call), body);
      return null;
    });
  }

  ObjectNode require(View view, Call call) {
    String name = kind.name(call);
    return desk.find(view, kind.kind(), call.account(), name)
        .orElseThrow(() -> Refusals.none(kind.word(), name));
  }

  /** How many principals of the account have that policy. */
  int count(View view, String account, String arn) {
    return (int)
        desk.all(view, kind.kind(), account).stream()
            .filter(body -> attached(body).contains(arn))
            .count();
  }

  static List<String> attached(ObjectNode body) {
    return body.path(ATTACHED).valueStream().map(JsonNode::asString).toList();
  }

  ObjectNode one(ObjectNode body) {
    ObjectNode result = Trees.object();
    result.set(kind.title(), shown(body));
    return result;
  }

  private static ObjectNode shown(ObjectNode body) {
    ObjectNode shown = body.deepCopy();
    shown.remove(List.of(INLINE, ATTACHED));
    if (shown.has(Roles.TRUST)) {
      shown.put(Roles.TRUST, Trees.encoded(shown.path(Roles.TRUST).asString()));
    }
    return shown;
  }
}
