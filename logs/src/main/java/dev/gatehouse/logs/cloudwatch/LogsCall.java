package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogGroup;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One call: whose it is and what it says. */
record LogsCall(Scope scope, ObjectNode input) {
  private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");
  private static final String ARN_PART = ":log-group:";

  static ServiceException invalid(String message) {
    return new ServiceException(400, "InvalidParameterException", message);
  }

  static ServiceException missing(String what) {
    return new ServiceException(
        400, "ResourceNotFoundException", "The specified log " + what + " does not exist.");
  }

  static ServiceException exists(String what) {
    return new ServiceException(
        400, "ResourceAlreadyExistsException", "The specified log " + what + " already exists");
  }

  boolean has(String member) {
    return input.hasNonNull(member);
  }

  /** A member's text; empty where it is not given. */
  String text(String member) {
    JsonNode value = input.path(member);
    if (has(member) && !value.isString()) {
      throw invalid(member + " is text");
    }
    return value.asString("");
  }

  long number(String member, long otherwise) {
    JsonNode value = input.path(member);
    if (has(member) && !value.isIntegralNumber()) {
      throw invalid(member + " is a number");
    }
    return value.asLong(otherwise);
  }

  /** A number of results to return. */
  int limit(String member, int usual, int most) {
    long limit = number(member, usual);
    if (limit < 1 || limit > most) {
      throw invalid(member + " is from 1 to " + most);
    }
    return (int) limit;
  }

  boolean flag(String member, boolean otherwise) {
    return input.path(member).asBoolean(otherwise);
  }

  List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : input.path(member)) {
      if (!each.isString()) {
        throw invalid(member + " is a list of texts");
      }
      texts.add(each.asString());
    }
    return texts;
  }

  /** The group that is meant: by its name, or by its ARN as an identifier. */
  String group() {
    String identifier = text("logGroupIdentifier");
    String name = identifier.isEmpty() ? text("logGroupName") : ofArn(identifier);
    if (!GROUP.matcher(name).matches()) {
      throw invalid(
          "1 validation error detected: Value '"
              + name
              + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }
    return name;
  }

  /** The group's name of an ARN; any other text is a name itself. */
  static String ofArn(String text) {
    int at = text.startsWith("arn:") ? text.indexOf(ARN_PART) : -1;
    String name = at < 0 ? text : text.substring(at + ARN_PART.length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  /** The stream that is meant. */
  String stream() {
    String name = text("logStreamName");
    if (!STREAM.matcher(name).matches()) {
      throw invalid("logStreamName is 1 to 512 characters without : and *");
    }
    return name;
  }

  /** The group, which must exist. */
  LogGroup require(LogStore store) {
    return store.group(scope, group()).orElseThrow(() -> missing("group"));
  }

  /** {@code arn:aws:logs:{region}:{account}:log-group:{name}}. */
  String arn(String group) {
    return "arn:aws:logs:" + scope.region() + ":" + scope.account() + ARN_PART + group;
  }
}
