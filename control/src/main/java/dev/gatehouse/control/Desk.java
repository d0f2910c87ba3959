package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** What every resource class works with. */
record Desk(
    Store store,
    ControlSettings settings,
    InstantSource clock,
    IdSource ids,
    UnseenDeployments unseen) {

  Limits limits() {
    return settings.limits();
  }

  Discovery discovery() {
    return new Discovery(settings.issuers());
  }

  /** Now, in the resolution of the control API. */
  String now() {
    return DateTimeFormatter.ISO_INSTANT.format(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  static <T> T bind(ObjectNode body, Class<T> type) {
    return Json.mapper().treeToValue(body, type);
  }

  /** The stored form of an API that must exist. */
  static ObjectNode apiBody(View view, Scope scope, String apiId) {
    return Kind.API
        .below(scope, "")
        .find(view, apiId)
        .orElseThrow(() -> Refusals.unknownApi(scope, apiId));
  }

  /** An API that must exist. */
  static Api api(View view, Scope scope, String apiId) {
    return bind(apiBody(view, scope, apiId), Api.class);
  }
}
