package dev.gatehouse.control;

import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.UniqueKeyTaken;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The resources of one kind below one parent, as the JSON that is stored. */
record Drawer(Kind kind, Shelf shelf) {
  private static final int SCHEMA = 1;
  private static final int CHUNK = 1000;

  static ObjectNode body(Row row) {
    return (ObjectNode) Json.mapper().readTree(row.body());
  }

  Optional<ObjectNode> find(View view, String id) {
    return view.find(shelf, id).map(Drawer::body);
  }

  ObjectNode require(View view, String id) {
    return find(view, id).orElseThrow(() -> Refusals.unknown(kind, id));
  }

  <T> T require(View view, String id, Class<T> type) {
    return Json.mapper().treeToValue(require(view, id), type);
  }

  boolean isEmpty(View view) {
    return view.list(shelf, null, 1).isEmpty();
  }

  /** All of them, however many. */
  List<ObjectNode> all(View view) {
    return all(view, Drawer::body);
  }

  /** All of them as records. */
  <T> List<T> all(View view, Class<T> type) {
    return all(view, row -> Json.mapper().readValue(row.body(), type));
  }

  private <T> List<T> all(View view, Function<Row, T> form) {
    List<T> all = new ArrayList<>();
    String after = null;
    List<Row> rows;
    do {
      rows = view.list(shelf, after, CHUNK);
      rows.forEach(row -> all.add(form.apply(row)));
      after = rows.isEmpty() ? after : rows.getLast().id();
    } while (rows.size() == CHUNK);
    return all;
  }

  /** Refuses one more resource where there are as many as the limit allows. */
  void refuseBeyond(View view, int limit) {
    if (limit != Limits.NONE && view.count(shelf, limit) >= limit) {
      throw Refusals.quota(kind);
    }
  }

  /** An id that no living resource of the drawer has, written into the body. */
  String mint(View view, IdSource ids, ObjectNode body) {
    String id = ids.id(kind.idLength());
    while (view.find(shelf, id).isPresent()) {
      id = ids.id(kind.idLength());
    }
    body.put(kind.idMember(), id);
    return id;
  }

  void save(Transaction tx, ObjectNode body) {
    put(tx, null, body);
  }

  /** Saves what is the same as before as a change all the same. */
  void rewrite(Transaction tx, ObjectNode body) {
    tx.delete(shelf, body.get(kind.idMember()).stringValue());
    save(tx, body);
  }

  /** Saves under a second name; false where another resource has that name. */
  boolean save(Transaction tx, String uniqueKey, ObjectNode body) {
    try {
      put(tx, uniqueKey, body);
      return true;
    } catch (UniqueKeyTaken e) {
      return false;
    }
  }

  /** Saves a resource that has not changed its unique key. */
  void keep(Transaction tx, ObjectNode body) {
    String id = body.get(kind.idMember()).stringValue();
    String uniqueKey = tx.find(shelf, id).map(Row::uniqueKey).orElse(null);
    put(tx, uniqueKey, body);
  }

  private void put(Transaction tx, @Nullable String uniqueKey, ObjectNode body) {
    String id = body.get(kind.idMember()).stringValue();
    tx.put(shelf, id, uniqueKey, SCHEMA, Json.mapper().writeValueAsString(body));
  }

  void delete(Transaction tx, String id) {
    if (!tx.delete(shelf, id)) {
      throw Refusals.unknown(kind, id);
    }
  }
}
