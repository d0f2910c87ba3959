package dev.gatehouse.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where an invocation comes from, as API Gateway presents it. */
final class SourceArn {
  private static final List<String> SOME_METHODS = List.of("GET", "POST");

  private SourceArn() {}

  /** What a statement for just this route would allow. */
  static String pattern(Patient api, JsonNode route, FunctionUri function) {
    String key = Patient.key(route);
    int space = key.indexOf(' ');
    String method = space < 0 ? key : key.substring(0, space);
    String rest =
        space < 0 ? key : (method.equals("ANY") ? "*" : method) + key.substring(space + 1);
    return prefix(api, function) + "*/" + rest;
  }

  /** Some of what is presented: for each stage, and for more than one method where all may come. */
  static List<String> presented(Patient api, JsonNode route, FunctionUri function) {
    List<String> all = new ArrayList<>();
    List<String> stages =
        api.stages().isEmpty()
            ? List.of("$default")
            : api.stages().stream().map(each -> each.path("stageName").asString("")).toList();
    String key = Patient.key(route);
    int space = key.indexOf(' ');
    for (String stage : stages) {
      String from = prefix(api, function) + stage + "/";
      if (space < 0) {
        all.add(from + key);
      } else {
        String path = key.substring(space + 1);
        String method = key.substring(0, space);
        List<String> methods = method.equals("ANY") ? SOME_METHODS : List.of(method);
        methods.forEach(each -> all.add(from + each + path));
      }
    }
    return all;
  }

  /** What all of them begin with. */
  static String prefix(Patient api, FunctionUri function) {
    return "arn:"
        + function.partition()
        + ":execute-api:"
        + function.region()
        + ":"
        + function.account()
        + ":"
        + api.id()
        + "/";
  }
}
