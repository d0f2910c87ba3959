package dev.gatehouse.cli.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an OpenAPI definition with AWS's extensions asks for that an HTTP API does not have. */
final class OpenApiNeeds {
  private static final String AWS = "x-amazon-apigateway-";
  private static final Map<String, Need> EXTENSIONS =
      Map.of(
          "api-key-source",
          new Need("", "API keys and usage plans", "an authorizer; quotas by a stage's throttling"),
          "request-validators",
          new Need("", "validation of requests", "validate in the backend"),
          "policy",
          new Need("", "a resource policy", "an authorizer, or AWS WAF in front of CloudFront"),
          "gateway-responses",
          new Need("", "gateway responses of one's own", "none: errors have AWS's bodies"));

  private final List<Need> needs = new ArrayList<>();

  private OpenApiNeeds() {}

  static List<Need> of(JsonNode definition) {
    OpenApiNeeds reading = new OpenApiNeeds();
    reading.document(definition);
    definition.path("paths").forEachEntry((path, item) -> reading.path(path, item));
    reading.schemes(definition.path("securityDefinitions"));
    reading.schemes(definition.path("components").path("securitySchemes"));
    return reading.needs;
  }

  private void document(JsonNode definition) {
    if (definition.path("swagger").asString("").startsWith("2")) {
      add("the document", "OpenAPI 2.0", "convert it to OpenAPI 3.0, which HTTP APIs import");
    }
    EXTENSIONS.forEach((name, need) -> {
      if (definition.has(AWS + name)) {
        add("the document", need.what(), need.instead());
      }
    });
    JsonNode endpoint = definition.path(AWS + "endpoint-configuration").path("types");
    endpoint.forEach(type -> {
      String name = type.asString("").toUpperCase(Locale.ROOT);
      if (name.equals("PRIVATE")) {
        add("the document", "a private endpoint", "none: HTTP APIs are regional and public");
      } else if (name.equals("EDGE")) {
        add("the document", "an edge-optimized endpoint", "CloudFront in front of it");
      }
    });
  }

  private void path(String path, JsonNode item) {
    item.forEachEntry((method, operation) -> {
      if (operation.isObject()
          && method.matches(
              "get|put|post|delete|patch|head|options|x-amazon-apigateway-any-method")) {
        operation(
            method.startsWith("x-") ? "ANY " + path : method.toUpperCase(Locale.ROOT) + " " + path,
            operation);
      }
    });
  }

  private void operation(String where, JsonNode operation) {
    if (operation.has(AWS + "request-validator")) {
      add(where, "validation of requests", "validate in the backend");
    }
    JsonNode integration = operation.path(AWS + "integration");
    String type = integration.path("type").asString("").toLowerCase(Locale.ROOT);
    boolean preflight = where.startsWith("OPTIONS ") && type.equals("mock");
    if (preflight) {
      return; // an HTTP API answers preflights itself
    }
    if (type.equals("aws") || type.equals("http") || type.equals("mock")) {
      add(
          where,
          "an integration of type " + type + ", which transforms requests and responses",
          "a proxy integration with parameter mapping, and the rest in the backend");
    }
    if (integration.has("cacheNamespace") || integration.has("cacheKeyParameters")) {
      add(where, "caching", "CloudFront in front of it");
    }
  }

  private void schemes(JsonNode schemes) {
    schemes.forEachEntry((name, scheme) -> {
      boolean key =
          scheme.path("type").asString("").equals("apiKey")
              && scheme.path("name").asString("").equalsIgnoreCase("x-api-key");
      JsonNode authorizer = scheme.path(AWS + "authorizer");
      if (key && authorizer.isMissingNode()) {
        add(
            "security " + name,
            "API keys and usage plans",
            "an authorizer; quotas by a stage's throttling");
      }
      if (authorizer.path("type").asString("").equals("cognito_user_pools")) {
        add("security " + name, "a Cognito authorizer", "a JWT authorizer of the same pool");
      }
      if (authorizer.path("type").asString("").equals("token")) {
        add("security " + name, "a TOKEN authorizer", "a REQUEST authorizer");
      }
    });
  }

  private void add(String where, String what, String instead) {
    needs.add(new Need(where, what, instead));
  }
}
