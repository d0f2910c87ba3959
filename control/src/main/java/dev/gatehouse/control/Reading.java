package dev.gatehouse.control;

import dev.gatehouse.store.View;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Get and list of one kind of resource below an API or a domain: the same for all of them.
 *
 * @param items the member under which a list shows them
 */
record Reading(Desk desk, Pages pages, Kind kind, Owner owner, String items) {

  /** Where the resources stand. */
  @FunctionalInterface
  interface Owner {
    /** The parent in the store; refuses where the resource that owns them does not exist. */
    String parent(View view, Call call);
  }

  static Reading belowApi(Desk desk, Pages pages, Kind kind, Owner owner) {
    return new Reading(
        desk,
        pages,
        kind,
        (view, call) -> {
          Desk.apiBody(view, call.scope(), call.apiId());
          return owner.parent(view, call);
        },
        "items");
  }

  static Reading belowApi(Desk desk, Pages pages, Kind kind) {
    return belowApi(desk, pages, kind, (view, call) -> call.apiId());
  }

  static Reading belowDomain(Desk desk, Pages pages, Kind kind, String items) {
    return new Reading(
        desk,
        pages,
        kind,
        (view, call) -> {
          DomainNames.require(view, call);
          return DomainNames.parent(call);
        },
        items);
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    return drawer(view, call).require(view, call.path(kind.idMember()));
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    return pages.page(view, drawer(view, call), call, items, UnaryOperator.identity());
  }

  private Drawer drawer(View view, Call call) {
    return kind.below(call.scope(), owner.parent(view, call));
  }
}
