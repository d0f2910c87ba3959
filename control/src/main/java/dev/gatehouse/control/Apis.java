package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** APIs (control-plane.md section 4). */
final class Apis {
  /** The members of CreateApi and UpdateApi that make or change a route and an integration. */
  private static final List<String> QUICK_CREATE = List.of("target", "routeKey", "credentialsArn");

  /** The tag by which local tooling fixes an API's id. */
  private static final String CUSTOM_ID = "_custom_id_";

  /** An API's id is a label of a host name. */
  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Desk desk;
  private final Pages pages;
  private final AutoDeploy autoDeploy;
  private final QuickCreate quickCreate;

  Apis(Desk desk, Pages pages, AutoDeploy autoDeploy, QuickCreate quickCreate) {
    this.desk = desk;
    this.pages = pages;
    this.autoDeploy = autoDeploy;
    this.quickCreate = quickCreate;
  }

  ObjectNode create(Call call) {
    ObjectNode body = Merge.create(ApiRules.defaults(), call.input()).remove(QUICK_CREATE);
    body.put("createdDate", desk.now());
    ApiRules.complete(body);
    ApiRules.check(body, desk.limits());
    refuseQuickCreateOnWebSocket(call, body);
    return desk.store()
        .write(tx -> {
          chooseId(tx, body);
          Api api = Desk.bind(body, Api.class);
          Kind.API.below(call.scope(), "").save(tx, body);
          if (isQuickCreate(call.given())) {
            quickCreate.create(tx, call.scope(), api, call.given());
          }
          return present(call.scope(), body);
        });
  }

  /** A route key or a role alone makes nothing, and is refused rather than lost [U]. */
  private static boolean isQuickCreate(ObjectNode given) {
    boolean target = given.has("target");
    if (!target && QUICK_CREATE.stream().anyMatch(given::has)) {
      throw OwnRefusals.required("target");
    }
    return target;
  }

  private void chooseId(Transaction tx, ObjectNode body) {
    JsonNode custom = body.path("tags").path(CUSTOM_ID);
    if (custom.isString()) {
      String id = custom.stringValue();
      if (!ID.matcher(id).matches()) {
        throw OwnRefusals.invalid(CUSTOM_ID, "an id has lower-case letters, digits and hyphens");
      }
      if (tx.findAnywhere(Kind.API.word(), id).isPresent()) {
        throw OwnRefusals.idTaken(id);
      }
      body.put("apiId", id);
      return;
    }
    String id = desk.ids().id(Kind.API.idLength());
    while (tx.findAnywhere(Kind.API.word(), id).isPresent()) {
      id = desk.ids().id(Kind.API.idLength());
    }
    body.put("apiId", id);
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    return present(call.scope(), Desk.apiBody(view, call.scope(), call.apiId()));
  }

  ObjectNode list(Call call) {
    Drawer drawer = Kind.API.below(call.scope(), "");
    return pages.items(desk.store().head(), drawer, call, body -> present(call.scope(), body));
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode old = Desk.apiBody(tx, call.scope(), call.apiId());
          ObjectNode body = Merge.update(old, call.input()).remove(QUICK_CREATE);
          ApiRules.complete(body);
          ApiRules.check(body, desk.limits());
          refuseQuickCreateOnWebSocket(call, body);
          Api api = Desk.bind(body, Api.class);
          Kind.API.below(call.scope(), "").save(tx, body);
          boolean routed = quickCreate.update(tx, call.scope(), api, call.given());
          if (routed || !body.equals(old)) {
            autoDeploy.changed(tx, call.scope(), api);
          }
          return present(call.scope(), body);
        });
  }

  ObjectNode deleteCors(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode body = Desk.apiBody(tx, call.scope(), call.apiId());
          if (body.remove("corsConfiguration") != null) {
            Kind.API.below(call.scope(), "").save(tx, body);
            autoDeploy.changed(tx, call.scope(), Desk.bind(body, Api.class));
          }
          return Desk.object();
        });
  }

  /** Deletes the API and all below it, unless a domain maps it [C]. */
  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          Scope scope = call.scope();
          Api api = Desk.api(tx, scope, call.apiId());
          if (ApiMappings.maps(tx, scope, api.apiId())) {
            throw Refusals.apiIsMapped(api.apiId());
          }
          deleteResponses(tx, scope, api);
          tx.deleteBelow(scope, api.apiId());
          Kind.API.below(scope, "").delete(tx, api.apiId());
          return Desk.object();
        });
  }

  /** Only WebSocket APIs have resources that stand below a route or an integration. */
  private static void deleteResponses(Transaction tx, Scope scope, Api api) {
    if (api.protocolType() == ProtocolType.WEBSOCKET) {
      for (Kind kind : List.of(Kind.ROUTE, Kind.INTEGRATION)) {
        for (ObjectNode owner : kind.below(scope, api.apiId()).all(tx)) {
          String id = owner.get(kind.idMember()).stringValue();
          tx.deleteBelow(scope, api.apiId() + "/" + id);
        }
      }
    }
  }

  private static void refuseQuickCreateOnWebSocket(Call call, ObjectNode body) {
    for (String member : QUICK_CREATE) {
      if (call.given().has(member) && !body.path("protocolType").asString().equals("HTTP")) {
        throw OwnRefusals.onlyFor("HTTP", member);
      }
    }
  }

  private ObjectNode present(Scope scope, ObjectNode body) {
    String endpoint = desk.settings().endpoints().of(scope, Desk.bind(body, Api.class));
    return body.deepCopy().put("apiEndpoint", endpoint);
  }
}
