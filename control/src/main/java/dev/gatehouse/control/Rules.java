package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.ServiceException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What makes one kind of resource below an API differ from another; see {@link ApiChildren}. */
interface Rules {

  /** The parent in the store; refuses where the resource that owns them does not exist. */
  default String parent(View view, Call call) {
    return call.apiId();
  }

  /** The most there may be below one parent. */
  default int limit() {
    return Limits.NONE;
  }

  /** The members that one has when the caller gives none. */
  default ObjectNode defaults(Api api) {
    return Desk.object();
  }

  /**
   * Writes what follows from other members, and holds the result against the rules.
   *
   * @param body the resource as it would be stored
   */
  void check(View view, Call call, Api api, ObjectNode body);

  /** The name that no other of the same parent may have; null where there is none. */
  default @Nullable String uniqueKey(Api api, ObjectNode body) {
    return null;
  }

  /** The refusal of a unique key that another has. */
  default ServiceException taken(ObjectNode body) {
    return OwnRefusals.nameTaken();
  }

  /** Refuses changes that a single state cannot show to be wrong. */
  default void checkUpdate(ObjectNode old, ObjectNode body) {}

  /** Refuses to delete what is in use. */
  default void checkDelete(View view, Call call, ObjectNode body) {}
}
