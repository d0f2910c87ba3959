package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import tools.jackson.databind.node.ObjectNode;

/** The mappings of domain names to stages (control-plane.md section 13). */
final class ApiMappings {
  private ApiMappings() {}

  /** Whether any domain maps the API. */
  static boolean maps(View view, Scope scope, String apiId) {
    return view.listAnywhere(Kind.API_MAPPING.word()).stream()
        .filter(row -> row.shelf().scope().equals(scope))
        .map(Drawer::body)
        .anyMatch(mapping -> isOf(mapping, apiId));
  }

  /** Whether any domain maps the stage of the API. */
  static boolean maps(View view, Scope scope, String apiId, String stageName) {
    return view.listAnywhere(Kind.API_MAPPING.word()).stream()
        .filter(row -> row.shelf().scope().equals(scope))
        .map(Drawer::body)
        .filter(mapping -> isOf(mapping, apiId))
        .anyMatch(mapping -> mapping.path("stage").asString("").equals(stageName));
  }

  private static boolean isOf(ObjectNode mapping, String apiId) {
    return mapping.path("apiId").asString("").equals(apiId);
  }
}
