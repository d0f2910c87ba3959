package dev.gatehouse.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a browser would refuse although the gateway answers. */
final class CorsCheck implements Check {

  @Override
  public List<Problem> check(Patient api) {
    JsonNode cors = api.api().path("corsConfiguration");
    if (cors.isMissingNode() || !api.isHttp()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    origins(api, texts(cors, "allowOrigins"), problems);
    TreeSet<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.addAll(texts(cors, "allowHeaders"));
    boolean authorized =
        api.routes().stream()
            .anyMatch(route -> !route.path("authorizationType").asString("NONE").equals("NONE"));
    if (authorized && !headers.contains("authorization")) {
      // a browser does not count Authorization among *
      problems.add(
          cors(
              api,
              "routes ask for authorization, and the header Authorization is not allowed by name",
              "add authorization to AllowHeaders"));
    }
    methods(api, texts(cors, "allowMethods"), problems);
    if (cors.path("allowCredentials").booleanValue(false)
        && (texts(cors, "allowOrigins").contains("*")
            || headers.contains("*")
            || texts(cors, "allowMethods").contains("*"))) {
      problems.add(
          cors(
              api,
              "with credentials a browser does not take * for origins, methods or headers",
              "name them one by one"));
    }
    return problems;
  }

  private static void origins(Patient api, List<String> origins, List<Problem> problems) {
    if (origins.isEmpty()) {
      problems.add(cors(api, "no origin is allowed", "add one to AllowOrigins"));
    }
    for (String origin : origins) {
      if (origin.matches("https?://[^/]*/.*")) {
        problems.add(
            cors(
                api,
                "the origin " + origin + " has a path, which no browser sends",
                "use " + origin.replaceFirst("(https?://[^/]*)/.*", "$1")));
      }
    }
  }

  private static void methods(Patient api, List<String> methods, List<Problem> problems) {
    if (methods.contains("*")) {
      return;
    }
    TreeSet<String> missing = new TreeSet<>();
    for (JsonNode route : api.routes()) {
      String method = Patient.key(route).split(" ", 2)[0].toUpperCase(Locale.ROOT);
      boolean simple = method.matches("GET|HEAD|POST|OPTIONS|ANY") || method.startsWith("$");
      if (!simple && !methods.contains(method)) {
        missing.add(method);
      }
    }
    if (!missing.isEmpty()) {
      problems.add(
          cors(
              api,
              "routes take " + missing + ", which pages may not send",
              "add them to AllowMethods"));
    }
  }

  private static Problem cors(Patient api, String problem, String fix) {
    return api.problem("CORS", problem, fix);
  }

  private static List<String> texts(JsonNode node, String member) {
    return node.path(member).valueStream().map(each -> each.asString("")).toList();
  }
}
