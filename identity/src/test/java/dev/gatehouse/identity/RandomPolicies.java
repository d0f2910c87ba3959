package dev.gatehouse.identity;

import dev.gatehouse.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies and requests out of so few words that they often have to do with each other. */
final class RandomPolicies {
  private static final List<String> ACTIONS =
      List.of("s3:Get", "s3:Put", "s3:*", "S3:G*", "*", "s3:?et", "iam:Get", "*:Get");
  private static final List<String> ASKED = List.of("s3:Get", "s3:Put", "iam:Get");
  private static final List<String> ARNS =
      List.of(
          "arn:aws:s3:::b/a",
          "arn:aws:s3:::b/*",
          "arn:aws:s3:::b/${aws:username}",
          "arn:aws:s3:::?/a*",
          "arn:aws:s3",
          "*",
          "arn:aws:*:::b/b",
          "arn:*:b/*",
          "arn:aws:iam::1:role/*");
  private static final List<String> RESOURCES =
      List.of("arn:aws:s3:::b/a", "arn:aws:s3:::b/b", "arn:aws:iam::1:role/a", "arn:aws:s3:::c/*");
  private static final List<String> KEYS =
      List.of("aws:username", "AWS:Number", "aws:TagKeys", "aws:Arn", "aws:Secure");
  private static final List<String> TEXTS =
      List.of("a", "b", "A", "*", "a*", "?", "${aws:username}", "1", "2", "10", "true", "false");
  private static final List<String> NUMBERS = List.of("1", "2", "10");
  private static final List<String> WORDS =
      List.of("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike");
  private static final List<String> ORDERS =
      List.of(
          "NumericEquals",
          "NumericNotEquals",
          "NumericLessThan",
          "NumericLessThanEquals",
          "NumericGreaterThan",
          "NumericGreaterThanEquals");

  private final Random random;

  RandomPolicies(long seed) {
    this.random = new Random(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  ObjectNode policy() {
    ObjectNode policy = Json.mapper().createObjectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    for (int i = random.nextInt(3); i >= 0; i--) {
      ObjectNode statement = statements.addObject();
      statement.put("Effect", random.nextInt(3) == 0 ? "Deny" : "Allow");
      some(statement.putArray(not() + "Action"), ACTIONS);
      some(statement.putArray(not() + "Resource"), ARNS);
      ObjectNode conditions = statement.putObject("Condition");
      for (int c = random.nextInt(3); c > 0; c--) {
        condition(conditions);
      }
      if (conditions.isEmpty()) {
        statement.remove("Condition");
      }
    }
    return policy;
  }

  private String not() {
    return random.nextInt(4) == 0 ? "Not" : "";
  }

  private void some(ArrayNode list, List<String> of) {
    for (int i = random.nextInt(2); i >= 0; i--) {
      list.add(one(of));
    }
  }

  private void condition(ObjectNode conditions) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      some(conditions.putObject("Null").putArray(one(KEYS)), List.of("true", "false"));
      return;
    }
    boolean number = kind < 3;
    boolean bool = kind == 3;
    String name = bool ? "Bool" : number ? one(ORDERS) : one(WORDS);
    if (!number && !bool && random.nextInt(3) == 0) {
      name = name.replaceFirst("^(String|Arn)", "$1Not");
    }
    String quantifier = one(List.of("", "", "ForAllValues:", "ForAnyValue:"));
    String ifExists = random.nextInt(4) == 0 ? "IfExists" : "";
    List<String> values = bool ? List.of("true", "false") : number ? NUMBERS : values(name);
    some(conditions.putObject(quantifier + name + ifExists).putArray(one(KEYS)), values);
  }

  private static List<String> values(String name) {
    return name.startsWith("Arn") ? ARNS : TEXTS;
  }

  String action() {
    return one(ASKED);
  }

  String resource() {
    return one(RESOURCES);
  }

  Map<String, List<String>> context() {
    Map<String, List<String>> context = new HashMap<>();
    for (String key : KEYS) {
      switch (random.nextInt(3)) {
        case 0 -> {}
        case 1 -> context.put(key, List.of(value(key)));
        default -> context.put(key, List.of(value(key), value(key)));
      }
    }
    return context;
  }

  private String value(String key) {
    return switch (key) {
      case "AWS:Number" -> one(NUMBERS);
      case "aws:Arn" -> one(RESOURCES);
      case "aws:Secure" -> one(List.of("true", "false"));
      default -> one(List.of("a", "b", "A", "*", "ab"));
    };
  }
}
