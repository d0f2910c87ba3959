package dev.gatehouse.control;

import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.View;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the resources of one kind that were added, removed or changed between two revisions. A
 * row that both revisions show is the same, and is not parsed.
 */
final class RowDiff {
  private static final int CHUNK = 1000;

  private final Kind kind;
  private final ArrayNode added = Desk.object().arrayNode();
  private final ArrayNode removed = Desk.object().arrayNode();
  private final ArrayNode changed = Desk.object().arrayNode();

  RowDiff(Kind kind) {
    this.kind = kind;
  }

  /** Compares a shelf at two revisions. */
  void compare(Shelf shelf, View from, View to) {
    Map<String, Row> before = rows(shelf, from);
    Map<String, Row> after = rows(shelf, to);
    before.forEach((id, row) -> {
      Row now = after.remove(id);
      if (now == null) {
        removed.add(whole(Drawer.body(row)));
      } else if (now.fromRevision() != row.fromRevision()) {
        compare(Drawer.body(row), Drawer.body(now));
      }
    });
    after.values().forEach(row -> added.add(whole(Drawer.body(row))));
  }

  /** The rows of a shelf by id, however many. */
  static Map<String, Row> rows(Shelf shelf, View view) {
    Map<String, Row> rows = new TreeMap<>();
    String after = null;
    List<Row> page;
    do {
      page = view.list(shelf, after, CHUNK);
      page.forEach(row -> rows.put(row.id(), row));
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == CHUNK);
    return rows;
  }

  /** Compares a resource member by member. */
  void compare(ObjectNode from, ObjectNode to) {
    Set<String> names = new TreeSet<>(from.propertyNames());
    names.addAll(to.propertyNames());
    ObjectNode members = Desk.object();
    for (String name : names) {
      JsonNode old = from.get(name);
      JsonNode now = to.get(name);
      if (old == null || !old.equals(now)) {
        ObjectNode member = members.putObject(name);
        set(member, "from", old);
        set(member, "to", now);
      }
    }
    if (!members.isEmpty()) {
      changed.add(named(to).set("members", members));
    }
  }

  private static void set(ObjectNode member, String side, @Nullable JsonNode value) {
    if (value != null) {
      member.set(side, value);
    }
  }

  private ObjectNode whole(ObjectNode body) {
    ObjectNode named = named(body);
    named.set("resource", body);
    return named;
  }

  private ObjectNode named(ObjectNode body) {
    ObjectNode named = Desk.object().put("id", body.get(kind.idMember()).stringValue());
    String name = body.path(nameMember()).asString("");
    return name.isEmpty() ? named : named.put("name", name);
  }

  /** The member that people know a resource by. */
  private String nameMember() {
    return switch (kind) {
      case ROUTE -> "routeKey";
      case INTEGRATION -> "integrationUri";
      case ROUTE_RESPONSE -> "routeResponseKey";
      case INTEGRATION_RESPONSE -> "integrationResponseKey";
      default -> "name";
    };
  }

  /** Adds what was found; nothing where there is no difference. */
  void addTo(ArrayNode differences) {
    if (added.isEmpty() && removed.isEmpty() && changed.isEmpty()) {
      return;
    }
    ObjectNode difference = differences.addObject().put("kind", kind.word());
    difference.set("added", added);
    difference.set("removed", removed);
    difference.set("changed", changed);
  }
}
