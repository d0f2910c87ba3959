package dev.gatehouse.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    headers(api, texts(cors, "allowHeaders"), problems);
    methods(api, texts(cors, "allowMethods"), problems);
    boolean anything =
        Stream.of("allowOrigins", "allowHeaders", "allowMethods")
            .anyMatch(member -> texts(cors, member).contains("*"));
    if (cors.path("allowCredentials").booleanValue(false) && anything) {
      problems.add(
          cors(
              api,
              "with credentials a browser does not take * for origins, methods or headers",
              "name them one by one"));
    }
    return problems;
  }

  private static void headers(Patient api, List<String> headers, List<Problem> problems) {
    boolean allowed = headers.stream().anyMatch("authorization"::equalsIgnoreCase);
    boolean authorized =
        api.routes().stream()
            .anyMatch(route -> !route.path("authorizationType").asString("NONE").equals("NONE"));
    if (authorized && !allowed) {
      // a browser does not count Authorization among *
      problems.add(
          cors(
              api,
              "routes ask for authorization, and the header Authorization is not allowed by name",
              "add authorization to AllowHeaders"));
    }
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
