package dev.gatehouse.control;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.rest.Operation;
import dev.gatehouse.wire.rest.Shape;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls that follow the table's shapes, mostly, with values that rules look at. */
final class RandomCalls {
  private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

  private static final List<String> TEXTS =
      List.of(
          "",
          "$default",
          "$connect",
          "GET /a",
          "GET /{a}",
          "ANY /{p+}",
          "GET /{a}.json",
          "a/b",
          "integrations/",
          "integrations/x",
          "http://b.test",
          "https://",
          "1.0",
          "2.0",
          "POST",
          "ANY",
          "${request.body.a}",
          "$request.body",
          "${",
          "*",
          "a",
          "{}",
          "[]",
          "{\"a\":",
          "$request.header.A",
          "$context.a",
          "route.request.header.A",
          "arn:aws:lambda:r",
          "arn:aws:lambda:us-east-1:000000000000:function:f",
          "x.example.com",
          "REGIONAL",
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:"
              + "000000000000:function:f/invocations",
          "overwrite:path",
          "append:header.a",
          "overwrite:statuscode",
          "remove:querystring.b",
          "200",
          "999",
          "JWT",
          "ü😀",
          " ",
          "\t",
          "$context.requestId",
          "aws:x",
          "_custom_id_");

  private final RandomGenerator random;
  private final Map<String, List<String>> known = new HashMap<>();

  RandomCalls(RandomGenerator random) {
    this.random = random;
  }

  /** Remembers the ids of what was made, so that later calls find it. */
  void learn(JsonNode answer) {
    answer
        .properties()
        .forEach(member -> {
          boolean isId = member.getKey().endsWith("Id") || member.getKey().endsWith("Name");
          if (isId && member.getValue().isString()) {
            known
                .computeIfAbsent(member.getKey(), name -> new ArrayList<>())
                .add(member.getValue().stringValue());
          }
        });
  }

  String target(Operation operation) {
    String path = operation.path().text();
    for (String parameter : operation.path().parameters()) {
      String value = text(parameter);
      if (parameter.equals("resource-arn")) {
        value = "arn:aws:apigateway:us-east-1::/apis/" + text("apiId");
      }
      String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
      path = path.replace("{" + parameter + "+}", encoded).replace("{" + parameter + "}", encoded);
    }
    StringBuilder query = new StringBuilder("?");
    for (String member : operation.query().members().keySet()) {
      if (random.nextBoolean()) {
        query.append(member).append('=').append(random.nextInt(-1, 3)).append('&');
      }
    }
    return path + query;
  }

  ObjectNode body(Operation operation) {
    return structure(operation.body(), 0);
  }

  private ObjectNode structure(Shape.Structure shape, int depth) {
    ObjectNode made = NODES.objectNode();
    for (Shape.Member member : shape.members().values()) {
      if (member.required() ? random.nextInt(30) > 0 : random.nextInt(3) == 0) {
        made.set(member.name(), value(member.name(), member.shape(), depth + 1));
      }
    }
    return made;
  }

  private JsonNode value(String name, Shape shape, int depth) {
    if (random.nextInt(100) == 0) {
      return pick(
          List.of(
              NODES.nullNode(), NODES.numberNode(1e300), NODES.arrayNode(), NODES.objectNode()));
    }
    return switch (shape) {
      case Shape.Text text -> NODES.stringNode(text(name));
      case Shape.Choice choice -> NODES.stringNode(pick(choice.values()));
      case Shape.Whole whole -> NODES.numberNode(random.nextInt(-2, 40_000));
      case Shape.Decimal decimal -> NODES.numberNode(random.nextDouble(-1, 10));
      case Shape.Flag flag -> NODES.booleanNode(random.nextBoolean());
      case Shape.Time time -> NODES.stringNode("2026-01-01T00:00:00Z");
      case Shape.Blob blob -> NODES.stringNode(text(""));
      case Shape.Items items -> {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(name, items.element(), depth));
        }
        yield list;
      }
      case Shape.Entries entries -> {
        ObjectNode map = NODES.objectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.set(text(""), value("", entries.value(), depth));
        }
        yield map;
      }
      case Shape.Structure structure -> structure(structure, depth);
    };
  }

  /** Mostly a value that a member of that name can have. */
  private String text(String name) {
    String source =
        switch (name) {
          case "target" -> "integrationId";
          case "stage" -> "stageName";
          case "connectionId" -> "vpcLinkId";
          default -> name;
        };
    List<String> values = known.getOrDefault(source, TEXTS);
    String text = pick(random.nextInt(8) == 0 ? TEXTS : values);
    return name.equals("target") ? "integrations/" + text : text;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
