package dev.gatehouse.iam;

import dev.gatehouse.identity.KeySecrets;
import dev.gatehouse.store.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Access keys of users. Their secrets are told once and stored nowhere. */
final class Keys {
  static final String USER = "UserName";
  static final String ID = "AccessKeyId";
  static final String STATUS = "Status";
  static final String ACTIVE = "Active";
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int PER_USER = 2;

  private final Desk desk;
  private final Holders users;
  private final KeySecrets secrets;

  Keys(Desk desk, Holders users, KeySecrets secrets) {
    this.desk = desk;
    this.users = users;
    this.secrets = secrets;
  }

  ObjectNode create(Call call) {
    String id = fresh();
    return desk.write(tx -> {
      String user = users.require(tx, call).path(USER).asString();
      if (ofUser(tx, call.account(), user).size() >= PER_USER) {
        throw Refusals.limit("AccessKeysPerUser", PER_USER);
      }
      ObjectNode body =
          Trees.object()
              .put(USER, user)
              .put(ID, id)
              .put(STATUS, ACTIVE)
              .put("CreateDate", desk.now());
      desk.put(tx, Kind.ACCESS_KEY, call.account(), id, body);
      ObjectNode result = Trees.object();
      result.set("AccessKey", body.deepCopy().put("SecretAccessKey", secrets.of(id)));
      return result;
    });
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    String user = users.require(view, call).path(USER).asString();
    return Pages.of(
        call.input(),
        "AccessKeyMetadata",
        ofUser(view, call.account(), user),
        key -> key.path(ID).asString(),
        key -> key);
  }

  @Nullable ObjectNode delete(Call call) {
    return desk.write(tx -> {
      desk.delete(tx, Kind.ACCESS_KEY, call.account(), require(tx, call).path(ID).asString());
      return null;
    });
  }

  @Nullable ObjectNode update(Call call) {
    String status = call.input().need(STATUS);
    if (!List.of(ACTIVE, "Inactive").contains(status)) {
      throw Refusals.invalid("Status is Active or Inactive");
    }
    return desk.write(tx -> {
      ObjectNode key = require(tx, call).put(STATUS, status);
      desk.put(tx, Kind.ACCESS_KEY, call.account(), key.path(ID).asString(), key);
      return null;
    });
  }

  /** Refuses to leave a key without its user. */
  @Nullable ObjectNode deleteUser(Call call) {
    View view = desk.store().head();
    String user = users.require(view, call).path(USER).asString();
    if (!ofUser(view, call.account(), user).isEmpty()) {
      throw Refusals.conflict("Cannot delete entity, must delete access keys first.");
    }
    return users.delete(call);
  }

  private ObjectNode require(View view, Call call) {
    String id = call.input().need(ID);
    String user = users.require(view, call).path(USER).asString();
    return desk.find(view, Kind.ACCESS_KEY, call.account(), id)
        .filter(key -> key.path(USER).asString().equals(user))
        .orElseThrow(() -> Refusals.noKey(id));
  }

  private List<ObjectNode> ofUser(View view, String account, String user) {
    return desk.all(view, Kind.ACCESS_KEY, account).stream()
        .filter(key -> key.path(USER).asString().equals(user))
        .toList();
  }

  private String fresh() {
    StringBuilder id = new StringBuilder("AKIA");
    for (int i = 0; i < 16; i++) {
      id.append(ALPHABET.charAt(desk.random().nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
