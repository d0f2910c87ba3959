package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SdkOperations;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every member of every operation that the AWS SDK knows, for both protocols and every type,
 * through the SDK's own client, and reads each back: in the answer, alone and in lists, page by
 * page. The calls are in {@code every-member.json}. Members that no call gives are a failure.
 */
class EveryMemberIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern REFERENCE = Pattern.compile("<(\\w+)\\.(\\w+)>");

  /** Answered 501 (control-plane.md section 13) or with an issue of their own. */
  private static final Pattern ELSEWHERE = Pattern.compile(".*(Portal|Product|port).*");

  /** A route has one response, so there is no second page of them. */
  private static final Set<String> IMPOSSIBLE = Set.of("GetRouteResponses.nextToken");

  /** What changes by itself between creation and the first look at it. */
  private static final Map<String, Set<String>> MOVING =
      Map.of("VpcLink", Set.of("vpcLinkStatus", "vpcLinkStatusMessage"));

  private final Map<String, ObjectNode> made = new HashMap<>();
  private final Set<String> covered = new TreeSet<>();
  private final Set<String> called = new TreeSet<>();
  private SdkOperations sdk;

  @TempDir Path directory;

  /** What a test does with a server that finds the issuer. */
  private interface Use {
    void with(RunningGatehouse gatehouse) throws Exception;
  }

  private void withGatehouse(Use use) throws Exception {
    String document =
        "{\"issuer\":\"https://pool.invalid\",\"jwks_uri\":\"https://pool.invalid/k\"}";
    String configuration = "issuers: {'https://pool.invalid': '%s'}";
    try (Backend issuer = Backend.start(exchange -> Backend.text(exchange, 200, document));
        RunningGatehouse gw =
            RunningGatehouse.start(
                directory.resolve("data"), configuration.formatted(issuer.url()))) {
      use.with(gw);
    }
  }

  @Test
  void everyMemberComesBackAsItWasGiven() throws Exception {
    withGatehouse(gw -> {
      try (ApiGatewayV2Client client = gw.apis()) {
        sdk = new SdkOperations(client);
        for (JsonNode step : steps()) {
          take(step);
        }
        assertThat(missing()).as("members that no call gives").isEmpty();
      }
    });
  }

  /** Debian's boto3 is older than some members and operations; it says how many it left out. */
  @Test
  void boto3ReadsBackWhatItGaveToo() throws Exception {
    withGatehouse(gw -> {
      Program.Result result =
          Program.run(
              directory,
              Map.of(),
              "/usr/bin/python3",
              file("every_member.py"),
              gw.url().toString(),
              file("every-member.json"));
      assertThat(result.exit()).as(result.output()).isZero();
      JsonNode counts = MAPPER.readTree(result.output());
      assertThat(counts.path("calls").asInt()).isGreaterThan(100);
      assertThat(counts.path("pages").asInt()).isGreaterThan(100);
      assertThat(counts.path("unknown").asInt()).isLessThan(40);
    });
  }

  private static String file(String resource) throws Exception {
    URL url = Objects.requireNonNull(EveryMemberIT.class.getResource("/" + resource));
    return Path.of(url.toURI()).toString();
  }

  private static JsonNode steps() throws Exception {
    try (InputStream in = EveryMemberIT.class.getResourceAsStream("/every-member.json")) {
      return MAPPER.readTree(Objects.requireNonNull(in));
    }
  }

  private void take(JsonNode step) throws Exception {
    String operation = step.path("call").asString();
    JsonNode members = MAPPER.readTree(resolved(step.path("with").toString()));
    ObjectNode answer = call(operation, members);
    if (step.has("as")) {
      ObjectNode all = (ObjectNode) members.deepCopy();
      made.put(step.path("as").asString(), all.setAll(answer));
    }
    Set<String> known = sdk.answers(operation);
    members
        .properties()
        .forEach(member -> {
          if (known.contains(member.getKey())) {
            contains(operation + "." + member.getKey(), answer, member.getKey(), member.getValue());
          }
        });
    step.path("answers")
        .properties()
        .forEach(each -> assertThat(answer.get(each.getKey())).isEqualTo(each.getValue()));
    if (operation.startsWith("Create")
        || operation.startsWith("Update")
        || operation.startsWith("Put")) {
      readBack(operation.replaceFirst("Create|Update|Put", ""), members, answer);
    } else if (operation.startsWith("Delete")) {
      called.add(operation);
    }
  }

  private ObjectNode call(String operation, JsonNode members) throws Exception {
    called.add(operation);
    covered.addAll(sdk.given(operation, members));
    return sdk.call(operation, members);
  }

  private String resolved(String text) {
    Matcher references = REFERENCE.matcher(text);
    return references.replaceAll(reference ->
        Matcher.quoteReplacement(made.get(reference.group(1)).path(reference.group(2)).asString()));
  }

  /** What was given, within what came back; maps may hold more, since updates merge them. */
  private static void contains(String at, JsonNode holder, String name, JsonNode given) {
    JsonNode value = holder.get(name);
    assertThat(value).as(at).isNotNull();
    if (given.isObject()) {
      given
          .properties()
          .forEach(
              each -> contains(at + "." + each.getKey(), value, each.getKey(), each.getValue()));
    } else if (given.isArray() && !given.isEmpty() && given.get(0).isObject()) {
      assertThat(value).as(at).hasSize(given.size());
      for (int i = 0; i < given.size(); i++) {
        ObjectNode wrapped = MAPPER.createObjectNode();
        contains(at, wrapped.set("element", value.get(i)), "element", given.get(i));
      }
    } else if (given.isNumber()) {
      assertThat(value.doubleValue()).as(at).isEqualTo(given.doubleValue());
    } else {
      assertThat(value).as(at).isEqualTo(given);
    }
  }

  /** Alone and in the list it is what the write answered. */
  private void readBack(String resource, JsonNode members, ObjectNode answer) throws Exception {
    ObjectNode all = (ObjectNode) members.deepCopy();
    all.setAll(answer);
    ObjectNode alone = call("Get" + resource, chosen("Get" + resource, all));
    Set<String> moving = MOVING.getOrDefault(resource, Set.of());
    ObjectNode expected = answer.deepCopy().remove(moving);
    assertThat(alone.deepCopy().remove(moving)).as("Get%s", resource).isEqualTo(expected);
    String list =
        sdk.has("List" + resource + "s") ? "List" + resource + "s" : "Get" + resource + "s";
    assertThat(listed(list, chosen(list, all))).as(list).contains(alone);
  }

  private ObjectNode chosen(String operation, ObjectNode from) throws Exception {
    ObjectNode chosen = MAPPER.createObjectNode();
    for (String member : sdk.members(operation)) {
      String name = member.substring(member.indexOf('.') + 1);
      if (from.has(name)) {
        chosen.set(name, from.get(name));
      }
    }
    return chosen;
  }

  /** All there is, one on each page. */
  private List<JsonNode> listed(String operation, ObjectNode members) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    if (operation.equals("ListRoutingRules")) {
      members.put("maxResults", 1);
    } else {
      members.put("maxResults", "1");
    }
    for (ObjectNode page = call(operation, members); ; page = call(operation, members)) {
      JsonNode shown = page.path(operation.equals("ListRoutingRules") ? "routingRules" : "items");
      assertThat(shown).hasSize(1);
      items.add(shown.get(0));
      if (!page.has("nextToken")) {
        return items;
      }
      members.set("nextToken", page.get("nextToken"));
    }
  }

  private Set<String> missing() throws Exception {
    Set<String> missing = new TreeSet<>();
    for (String operation : sdk.names()) {
      if (!ELSEWHERE.matcher(operation).matches()) {
        missing.addAll(sdk.members(operation));
        if (!called.contains(operation)) {
          missing.add(operation);
        }
      }
    }
    missing.removeAll(covered);
    missing.removeAll(IMPOSSIBLE);
    return missing;
  }
}
