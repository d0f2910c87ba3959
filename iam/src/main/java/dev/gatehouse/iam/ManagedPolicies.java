package dev.gatehouse.iam;

import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies that principals are given by ARN: the account's own, and AWS's. */
final class ManagedPolicies {
  static final String ARN = "PolicyArn";
  static final String VERSIONS = "Versions";
  static final String DEFAULT = "DefaultVersionId";
  private static final int LONGEST_NAME = 128;
  private static final int CHARACTERS = 6_144;
  private static final int QUOTA = 1_500;
  private static final int MOST_VERSIONS = 5;

  private final Desk desk;
  private final List<Holders> holders;

  ManagedPolicies(Desk desk, List<Holders> holders) {
    this.desk = desk;
    this.holders = List.copyOf(holders);
  }

  ObjectNode create(Call call) {
    String name = Names.need(call.input(), "PolicyName", LONGEST_NAME);
    String path = Names.path(call.input());
    String document = Documents.held(call.input().need("PolicyDocument"), CHARACTERS);
    String arn = arn(call.account(), path, name);
    return desk.write(tx -> {
      if (desk.find(tx, Kind.POLICY, call.account(), name).isPresent()) {
        throw Refusals.policyExists(name);
      }
      if (tx.count(Kind.POLICY.shelf(call.account()), QUOTA) >= QUOTA) {
        throw Refusals.limit("PoliciesPerAccount", QUOTA);
      }
      ObjectNode body =
          Trees.object()
              .put("PolicyName", name)
              .put("PolicyId", dev.gatehouse.identity.Identity.id("ANPA", arn))
              .put("Arn", arn)
              .put("Path", path)
              .put(DEFAULT, "v1")
              .put("IsAttachable", true)
              .put("CreateDate", desk.now())
              .put("UpdateDate", desk.now());
      call.input().find("Description").ifPresent(text -> body.put("Description", text));
      Tags.add(body, call.input());
      add(body, "v1", document);
      desk.put(tx, Kind.POLICY, call.account(), name, body);
      return one(shown(tx, call.account(), body));
    });
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    return one(shown(view, call.account(), require(view, call)));
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    String scope = call.input().find("Scope").orElse("All");
    List<ObjectNode> all = new ArrayList<>();
    if (!scope.equals("AWS")) {
      all.addAll(desk.all(view, Kind.POLICY, call.account()));
    }
    if (!scope.equals("Local")) {
      all.addAll(AwsPolicies.all());
    }
    String prefix = call.input().find("PathPrefix").orElse("/");
    boolean attachedOnly = call.input().find("OnlyAttached").orElse("false").equals("true");
    List<ObjectNode> wanted =
        all.stream()
            .filter(body -> body.path("Path").asString().startsWith(prefix))
            .map(body -> shown(view, call.account(), body))
            .filter(body -> !attachedOnly || body.path("AttachmentCount").asInt() > 0)
            .toList();
    return Pages.of(
        call.input(),
        "Policies",
        wanted,
        body -> body.path("Arn").asString(),
        body -> body.without("Tags"));
  }

  @Nullable ObjectNode delete(Call call) {
    return desk.write(tx -> {
      ObjectNode body = own(tx, call);
      if (attachments(tx, call.account(), arnOf(body)) > 0) {
        throw Refusals.conflict("Cannot delete a policy attached to entities.");
      }
      if (body.path(VERSIONS).size() > 1) {
        throw Refusals.conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the"
                + " policy's versions. The default version is deleted with the policy.");
      }
      desk.delete(tx, Kind.POLICY, call.account(), body.path("PolicyName").asString());
      return null;
    });
  }

  ObjectNode createVersion(Call call) {
    String document = Documents.held(call.input().need("PolicyDocument"), CHARACTERS);
    return desk.write(tx -> {
      ObjectNode body = own(tx, call);
      if (body.path(VERSIONS).size() >= MOST_VERSIONS) {
        throw Refusals.limit("VersionsPerPolicy", MOST_VERSIONS);
      }
      int last =
          body.path(VERSIONS).propertyNames().stream()
              .mapToInt(version -> Integer.parseInt(version.substring(1)))
              .max()
              .orElse(0);
      String version = "v" + (last + 1);
      add(body, version, document);
      if (call.input().find("SetAsDefault").orElse("false").equals("true")) {
        body.put(DEFAULT, version);
      }
      save(tx, call, body);
      ObjectNode result = Trees.object();
      result.set("PolicyVersion", version(body, version).without("Document"));
      return result;
    });
  }

  ObjectNode getVersion(Call call) {
    ObjectNode body = require(desk.store().head(), call);
    ObjectNode result = Trees.object();
    result.set("PolicyVersion", version(body, call.input().need("VersionId")));
    return result;
  }

  ObjectNode listVersions(Call call) {
    ObjectNode body = require(desk.store().head(), call);
    List<String> versions = body.path(VERSIONS).propertyNames().stream().sorted().toList();
    return Pages.of(
        call.input(),
        VERSIONS,
        versions,
        version -> version,
        version -> version(body, version).without("Document"));
  }

  @Nullable ObjectNode setDefault(Call call) {
    return desk.write(tx -> {
      ObjectNode body = own(tx, call);
      version(body, call.input().need("VersionId"));
      save(tx, call, body.put(DEFAULT, call.input().need("VersionId")));
      return null;
    });
  }

  @Nullable ObjectNode deleteVersion(Call call) {
    return desk.write(tx -> {
      ObjectNode body = own(tx, call);
      String id = call.input().need("VersionId");
      version(body, id);
      if (body.path(DEFAULT).asString().equals(id)) {
        throw Refusals.conflict("Cannot delete the default version of a policy.");
      }
      ((ObjectNode) body.get(VERSIONS)).remove(id);
      save(tx, call, body);
      return null;
    });
  }

  ObjectNode listTags(Call call) {
    ObjectNode body = require(desk.store().head(), call);
    ObjectNode result = Trees.object();
    result.set("Tags", body.has("Tags") ? body.get("Tags") : result.arrayNode());
    return result.put("IsTruncated", false);
  }

  /** Whether an account's principals can be given that policy. */
  boolean exists(View view, String account, String arn) {
    return AwsPolicies.find(arn).isPresent() || find(view, account, arn).isPresent();
  }

  private void save(Transaction tx, Call call, ObjectNode body) {
    body.put("UpdateDate", desk.now());
    desk.put(tx, Kind.POLICY, call.account(), body.path("PolicyName").asString(), body);
  }

  private void add(ObjectNode body, String version, String document) {
    ObjectNode versions =
        body.get(VERSIONS) instanceof ObjectNode there ? there : body.putObject(VERSIONS);
    versions.putObject(version).put("Document", document).put("CreateDate", desk.now());
  }

  private static ObjectNode version(ObjectNode body, String id) {
    JsonNode version = body.path(VERSIONS).path(id);
    if (version.isMissingNode()) {
      throw Refusals.noVersion(arnOf(body), id);
    }
    return Trees.object()
        .put("Document", Trees.encoded(version.path("Document").asString()))
        .put("VersionId", id)
        .put("IsDefaultVersion", body.path(DEFAULT).asString().equals(id))
        .put("CreateDate", version.path("CreateDate").asString());
  }

  private ObjectNode require(View view, Call call) {
    String arn = call.input().need(ARN);
    return AwsPolicies.find(arn)
        .or(() -> find(view, call.account(), arn))
        .orElseThrow(() -> Refusals.noPolicy(arn));
  }

  /** A policy that callers may change. */
  private ObjectNode own(View view, Call call) {
    String arn = call.input().need(ARN);
    if (AwsPolicies.find(arn).isPresent()) {
      throw Refusals.denied("AWS's own policies cannot be changed.");
    }
    return find(view, call.account(), arn).orElseThrow(() -> Refusals.noPolicy(arn));
  }

  private Optional<ObjectNode> find(View view, String account, String arn) {
    return desk.find(view, Kind.POLICY, account, arn.substring(arn.lastIndexOf('/') + 1))
        .filter(body -> arnOf(body).equals(arn));
  }

  private ObjectNode shown(View view, String account, ObjectNode body) {
    ObjectNode shown = body.deepCopy();
    shown.remove(VERSIONS);
    return shown
        .put("AttachmentCount", attachments(view, account, arnOf(body)))
        .put("PermissionsBoundaryUsageCount", 0);
  }

  private int attachments(View view, String account, String arn) {
    return holders.stream().mapToInt(each -> each.count(view, account, arn)).sum();
  }

  private static ObjectNode one(ObjectNode shown) {
    ObjectNode result = Trees.object();
    result.set("Policy", shown);
    return result;
  }

  private static String arnOf(ObjectNode body) {
    return body.path("Arn").asString();
  }

  static String arn(String account, String path, String name) {
    return "arn:aws:iam::" + account + ":policy" + path + name;
  }
}
