package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.rest.Operation;
import dev.gatehouse.wire.rest.Operations;
import dev.gatehouse.wire.rest.Shape;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends calls, notes which members they gave, and holds what comes back against them. */
final class RoundTrips {
  /** Quick create's members make other resources and do not come back. */
  private static final Set<String> WRITE_ONLY =
      Set.of(
          "CreateApi.target",
          "CreateApi.routeKey",
          "CreateApi.credentialsArn",
          "UpdateApi.credentialsArn",
          "UpdateApi.target",
          "UpdateApi.routeKey",
          "CreateDeployment.stageName");

  private final Operations operations = Operations.load();
  private final Set<String> covered = new TreeSet<>();
  private final Console console;

  RoundTrips(Console console) {
    this.console = console;
  }

  /** The members of creates and updates that no call gave, developer portals and imports apart. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Operation operation : operations.all()) {
      if (isWrite(operation)) {
        members(operation.name(), operation.body(), missing);
      }
    }
    missing.removeAll(covered);
    return missing;
  }

  /** Tags have no answer that shows them. */
  void tag(String arn) {
    console.post("/v2/tags/" + arn, "{\"tags\": {\"c\": \"d\"}}").ok(201);
    assertThat(console.get("/v2/tags/" + arn).body().at("/tags/c").stringValue()).isEqualTo("d");
    covered.add("TagResource.tags");
  }

  private static boolean isWrite(Operation operation) {
    return !operation.name().contains("Portal")
        && !operation.name().contains("Product")
        && !operation.name().contains("mport");
  }

  private static void members(String at, Shape.Structure shape, Set<String> into) {
    for (Shape.Member member : shape.members().values()) {
      members(at + "." + member.name(), member.shape(), into);
    }
  }

  private static void members(String at, Shape shape, Set<String> into) {
    switch (shape) {
      case Shape.Structure structure -> members(at, structure, into);
      case Shape.Items items -> members(at, items.element(), into);
      case Shape.Entries entries -> members(at, entries.value(), into);
      default -> into.add(at);
    }
  }

  /** Sends a call, notes its members, and holds answer and later readings against them. */
  Answer send(String method, String target, String json) {
    ObjectNode given = (ObjectNode) Json.mapper().readTree(json);
    Operation operation = operations.match(method, target).orElseThrow().operation();
    Answer answer = console.ask(method, target, json).ok(operation.status());
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      note(operation.name() + "." + member.getKey(), member.getValue(), operation);
    }
    WRITE_ONLY.forEach(each -> drop(given, operation, each));
    contains(operation.name(), answer.body(), given);
    readBack(operation, method, target, answer, given);
    return answer;
  }

  private static void drop(ObjectNode given, Operation operation, String writeOnly) {
    if (writeOnly.startsWith(operation.name() + ".")) {
      given.remove(writeOnly.substring(operation.name().length() + 1));
    }
  }

  private void note(String at, JsonNode value, Operation operation) {
    Set<String> all = new TreeSet<>();
    members(operation.name(), operation.body(), all);
    if (all.contains(at)) {
      covered.add(at);
    }
    for (JsonNode element : value.isArray() ? value.values() : Set.<JsonNode>of()) {
      note(at, element, operation);
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(entry -> {
            note(at + "." + entry.getKey(), entry.getValue(), operation);
            note(at, entry.getValue(), operation);
          });
    }
  }

  /** Get and list show what the write answered. */
  private void readBack(
      Operation operation, String method, String target, Answer answer, ObjectNode given) {
    String list = method.equals("POST") ? target : target.substring(0, target.lastIndexOf('/'));
    Answer listed = console.get(list).ok(200);
    JsonNode items =
        listed.body().has("items") ? listed.body().get("items") : listed.body().get("routingRules");
    boolean found =
        items.values().stream()
            .anyMatch(item -> item.equals(answer.body()) || item.has("vpcLinkId"));
    assertThat(found).as("%s in %s", answer.body(), items).isTrue();
    if (!method.equals("POST")) {
      contains(operation.name(), console.get(target).ok(200).body(), given);
    }
  }

  private static void contains(String at, JsonNode whole, JsonNode part) {
    if (part.isObject()) {
      part.properties()
          .forEach(entry ->
              contains(at + "." + entry.getKey(), whole.path(entry.getKey()), entry.getValue()));
    } else if (part.isArray() && !part.isEmpty() && part.get(0).isObject()) {
      assertThat(whole).as(at).hasSize(part.size());
      for (int i = 0; i < part.size(); i++) {
        contains(at, whole.get(i), part.get(i));
      }
    } else {
      assertThat(whole).as(at).isEqualTo(part);
    }
  }
}
