package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Model;
import dev.gatehouse.model.Route;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.ServiceException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Models of WebSocket APIs (control-plane.md section 13 [C]). */
final class Models implements Rules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,128}");

  private final Desk desk;

  Models(Desk desk) {
    this.desk = desk;
  }

  /** The content type is [U] where the caller gives none. */
  @Override
  public ObjectNode defaults(Api api) {
    return Desk.object().put("contentType", "application/json");
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    WebSocketOnly.check(api, "A model");
    if (!body.has("name") || !body.has("schema")) {
      throw OwnRefusals.required(body.has("name") ? "schema" : "name");
    }
    Model model = Desk.bind(body, Model.class);
    if (!NAME.matcher(model.name()).matches()) {
      throw OwnRefusals.invalid("name", "a model's name has letters and digits");
    }
    ModelSchema.parse(model.schema());
  }

  @Override
  public String uniqueKey(Api api, ObjectNode body) {
    return body.get("name").stringValue();
  }

  @Override
  public ServiceException taken(ObjectNode body) {
    return OwnRefusals.duplicateModel(body.get("name").stringValue());
  }

  /** A model that a route names stays [U]. */
  @Override
  public void checkDelete(View view, Call call, ObjectNode body) {
    String name = body.get("name").stringValue();
    for (Route route : Kind.ROUTE.below(call.scope(), call.apiId()).all(view, Route.class)) {
      if (route.requestModels() != null && route.requestModels().containsValue(name)) {
        throw OwnRefusals.modelInUse(name, route.routeKey());
      }
    }
  }

  ObjectNode template(Call call) {
    View view = desk.store().head();
    Desk.apiBody(view, call.scope(), call.apiId());
    Model model =
        Kind.MODEL
            .below(call.scope(), call.apiId())
            .require(view, call.path("modelId"), Model.class);
    return Desk.object().put("value", ModelTemplate.of(ModelSchema.parse(model.schema())));
  }

  /** Refuses names of models that do not exist [U]. */
  static void checkExist(
      View view, Call call, String member, @Nullable Map<String, String> models) {
    if (models == null || !call.given().has(member)) {
      return;
    }
    Drawer drawer = Kind.MODEL.below(call.scope(), call.apiId());
    for (String name : models.values()) {
      if (view.findUnique(drawer.shelf(), name).isEmpty()) {
        throw OwnRefusals.invalid(member, "there is no model of the name " + name);
      }
    }
  }
}
