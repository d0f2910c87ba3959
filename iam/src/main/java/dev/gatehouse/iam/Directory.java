package dev.gatehouse.iam;

import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Credentials;
import dev.gatehouse.identity.Grants;
import dev.gatehouse.identity.Identity;
import dev.gatehouse.identity.KeySecrets;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who there is and what they hold, in memory: what event loops and every control call ask. Follows
 * the store, commit by commit, so that a policy that was taken away holds for nobody once the call
 * is answered.
 */
public final class Directory implements Grants, Credentials {

  /**
   * A role or a user.
   *
   * @param trust who may assume it; null for a user
   */
  record Held(
      String arn,
      List<Policy> inline,
      List<String> attached,
      @Nullable Policy trust,
      int longestSeconds) {}

  private record Key(String account, String user) {}

  private static final String AWS_POLICY = "arn:aws:iam::aws:";

  private final Store store;
  private final KeySecrets secrets;
  private final boolean open;
  private final Map<String, Held> configured = new HashMap<>();
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Map<String, Policy> policies = new ConcurrentHashMap<>();
  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private long seen;

  /**
   * @param open whether a role that nobody has made may do what its account may: where control
   *     calls are open, functions name roles that exist nowhere
   * @param users what the users of the configuration hold, by their ARNs: ARNs of managed policies,
   *     and documents
   * @throws IllegalArgumentException where one of them is none
   */
  public Directory(Store store, KeySecrets secrets, boolean open, Map<String, List<String>> users) {
    this.store = store;
    this.secrets = secrets;
    this.open = open;
    users.forEach((arn, policies) -> configured.put(arn, configured(arn, policies)));
    configured.values().forEach(user -> keepAttached(user.attached()));
  }

  private static Held configured(String user, List<String> policies) {
    List<Policy> documents = new ArrayList<>();
    List<String> attached = new ArrayList<>();
    for (String policy : policies) {
      if (!policy.startsWith("arn:")) {
        documents.add(Policy.parseHeld(policy));
      } else if (policy.startsWith(AWS_POLICY) && AwsPolicies.find(policy).isEmpty()) {
        throw new IllegalArgumentException("There is no policy " + policy + " here");
      } else {
        attached.add(policy);
      }
    }
    return new Held(user, documents, attached, null, 0);
  }

  /** Whether a role that nobody has made may do what its account may. */
  boolean open() {
    return open;
  }

  /** Takes what is stored, and from now on what changes. */
  public void start() {
    store.onCommit(this::follow);
    follow(store.revision());
  }

  private synchronized void follow(long revision) {
    if (seen == 0) {
      for (Kind kind : Kind.values()) {
        store.at(revision).listAnywhere(kind.text()).forEach(this::apply);
      }
    } else if (revision > seen) {
      store.changesSince(seen, revision).forEach(this::apply);
    }
    seen = Math.max(seen, revision);
  }

  private void apply(Row row) {
    String account = row.shelf().scope().account();
    boolean gone = row.toRevision() != null;
    for (Kind kind : Kind.values()) {
      if (kind.text().equals(row.shelf().kind())) {
        ObjectNode body = Trees.read(row.body());
        switch (kind) {
          case ROLE, USER -> applyHolder(body, gone);
          case POLICY -> applyPolicy(body, gone);
          case ACCESS_KEY -> applyKey(account, body, gone);
        }
      }
    }
  }

  private void applyHolder(ObjectNode body, boolean gone) {
    String arn = body.path("Arn").asString();
    if (gone) {
      held.remove(place(arn));
      return;
    }
    String trust = body.path(Roles.TRUST).asString("");
    List<String> attached = Holders.attached(body);
    keepAttached(attached);
    held.put(
        place(arn),
        new Held(
            arn,
            body.path("Policies")
                .valueStream()
                .map(JsonNode::asString)
                .map(Policy::parseHeld)
                .toList(),
            attached,
            trust.isEmpty() ? null : Policy.parseTrust(trust),
            body.path(Roles.LONGEST).asInt(Roles.USUAL_SECONDS)));
  }

  /** AWS's own policies are read when the first is attached, not at each start. */
  private void keepAttached(List<String> arns) {
    for (String arn : arns) {
      if (arn.startsWith(AWS_POLICY) && !policies.containsKey(arn)) {
        AwsPolicies.find(arn).ifPresent(this::keepPolicy);
      }
    }
  }

  private void applyPolicy(ObjectNode body, boolean gone) {
    if (gone) {
      policies.remove(body.path("Arn").asString());
    } else {
      keepPolicy(body);
    }
  }

  private void keepPolicy(ObjectNode body) {
    String version = body.path(ManagedPolicies.DEFAULT).asString();
    JsonNode document = body.path(ManagedPolicies.VERSIONS).path(version).path("Document");
    policies.put(body.path("Arn").asString(), Policy.parseHeld(document.asString()));
  }

  private void applyKey(String account, ObjectNode body, boolean gone) {
    String id = body.path(Keys.ID).asString();
    if (gone || !body.path(Keys.STATUS).asString().equals(Keys.ACTIVE)) {
      keys.remove(id);
    } else {
      keys.put(id, new Key(account, body.path(Keys.USER).asString()));
    }
  }

  @Override
  public Holding of(Identity identity) {
    if (identity.isRoot()) {
      return new Holding.Everything();
    }
    Held found = held.get(place(identity.holder()));
    Held given = configured.get(identity.holder());
    if (found == null && given == null) {
      return open && identity.isSession()
          ? new Holding.Everything()
          : new Holding.Policies(List.of(), List.of());
    }
    List<Policy> all = new ArrayList<>();
    if (given != null) {
      all.addAll(policies(given));
    }
    if (found != null) {
      all.addAll(policies(found));
    }
    return new Holding.Policies(all, List.of());
  }

  /** A policy that is attached and gone says nothing any more. */
  List<Policy> policies(Held holder) {
    List<Policy> all = new ArrayList<>(holder.inline());
    for (String arn : holder.attached()) {
      Policy policy = policies.get(arn);
      if (policy != null) {
        all.add(policy);
      }
    }
    return all;
  }

  /** The role of that ARN. */
  Optional<Held> role(String arn) {
    return Optional.ofNullable(held.get(place(arn))).filter(found -> found.arn().equals(arn));
  }

  @Override
  public Optional<Credential> find(String accessKeyId, @Nullable String sessionToken) {
    Key key = sessionToken == null ? keys.get(accessKeyId) : null;
    if (key == null) {
      return Optional.empty();
    }
    String arn = "arn:aws:iam::" + key.account() + ":user/" + key.user();
    Held user = held.get(place(arn));
    String whole = user == null ? arn : user.arn();
    Identity identity =
        new Identity(
            key.account(), whole, HolderKind.USER.uniqueId(key.account(), key.user()), whole, null);
    return Optional.of(new Credential(accessKeyId, secrets.of(accessKeyId), null, identity));
  }

  /** A principal by account, kind and name: sessions do not tell their role's path. */
  private static String place(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6) {
      return arn;
    }
    String kind = parts[5].substring(0, Math.max(0, parts[5].indexOf('/')));
    String name = parts[5].substring(parts[5].lastIndexOf('/') + 1);
    return parts[4] + ":" + kind + "/" + name.toLowerCase(Locale.ROOT);
  }
}
