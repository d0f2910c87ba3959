package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiMapping;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The mappings of domain names to stages (control-plane.md section 13 [C/L]). */
final class ApiMappings {
  private static final Pattern KEY =
      Pattern.compile("([A-Za-z0-9$_.+!*'()-]+(/[A-Za-z0-9$_.+!*'()-]+)*)?");

  private static final int LONGEST_KEY = 300;

  private final Desk desk;

  ApiMappings(Desk desk) {
    this.desk = desk;
  }

  /** Whether any domain maps the API. */
  static boolean maps(View view, Scope scope, String apiId) {
    return of(view, scope, apiId).findAny().isPresent();
  }

  /** Whether any domain maps the stage of the API. */
  static boolean maps(View view, Scope scope, String apiId, String stageName) {
    return of(view, scope, apiId).anyMatch(mapping -> mapping.stage().equals(stageName));
  }

  private static Stream<ApiMapping> of(View view, Scope scope, String apiId) {
    return view.listAnywhere(Kind.API_MAPPING.word()).stream()
        .filter(row -> row.shelf().scope().equals(scope))
        .map(row -> Desk.bind(Drawer.body(row), ApiMapping.class))
        .filter(mapping -> mapping.apiId().equals(apiId));
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          DomainNames.require(tx, call);
          ObjectNode defaults = Desk.object().put("apiMappingKey", "");
          ObjectNode body = Merge.create(defaults, call.input());
          drawer(call).mint(tx, desk.ids(), body);
          checkAndSave(tx, call, body);
          return body;
        });
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          DomainNames.require(tx, call);
          ObjectNode old = drawer(call).require(tx, call.path("apiMappingId"));
          ObjectNode body = Merge.update(old, call.input());
          if (!body.has("apiMappingKey")) {
            body.put("apiMappingKey", "");
          }
          checkAndSave(tx, call, body);
          return body;
        });
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          DomainNames.require(tx, call);
          drawer(call).delete(tx, call.path("apiMappingId"));
          return Desk.object();
        });
  }

  private static void checkAndSave(Transaction tx, Call call, ObjectNode body) {
    if (!body.has("stage")) {
      throw OwnRefusals.required("stage");
    }
    ApiMapping mapping = Desk.bind(body, ApiMapping.class);
    String key = mapping.apiMappingKey();
    if (key.length() > LONGEST_KEY || !KEY.matcher(key).matches()) {
      throw OwnRefusals.invalid(
          "apiMappingKey", "letters, digits and $-_.+!*'() between single slashes, 300 at most");
    }
    Api api = Desk.api(tx, call.scope(), mapping.apiId());
    requireStage(tx, call.scope(), mapping.apiId(), mapping.stage());
    if (api.protocolType() == ProtocolType.WEBSOCKET && key.contains("/")) {
      throw OwnRefusals.invalid("apiMappingKey", "keys of WebSocket APIs have one level");
    }
    refuseOtherProtocol(tx, call, api, mapping);
    if (!drawer(call).save(tx, "/" + key, body)) {
      throw Refusals.duplicateApiMapping();
    }
  }

  static void requireStage(View view, Scope scope, String apiId, String stageName) {
    if (Kind.STAGE.below(scope, apiId).find(view, stageName).isEmpty()) {
      throw Refusals.noSuchStageToMap();
    }
  }

  private static void refuseOtherProtocol(View view, Call call, Api api, ApiMapping mapping) {
    for (ApiMapping other : drawer(call).all(view, ApiMapping.class)) {
      boolean same = other.apiMappingId().equals(mapping.apiMappingId());
      if (!same
          && Desk.api(view, call.scope(), other.apiId()).protocolType() != api.protocolType()) {
        throw OwnRefusals.invalid("apiId", "HTTP and WebSocket APIs cannot share a domain");
      }
    }
  }

  private static Drawer drawer(Call call) {
    return Kind.API_MAPPING.below(call.scope(), DomainNames.parent(call));
  }
}
