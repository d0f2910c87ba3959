package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The AWS actions that an HTTP API can call itself, with the parameters of each (http-api.md
 * section 7 [C]).
 */
final class Subtypes {

  /** What an action takes; every one takes the region. */
  private record Action(List<String> required, List<String> optional) {
    static Action of(String required, String optional) {
      return new Action(List.of(required.split(" ")), List.of(optional.split(" ")));
    }

    boolean takes(String parameter) {
      return required.contains(parameter) || optional.contains(parameter);
    }
  }

  private static final Map<String, Action> ACTIONS =
      Map.ofEntries(
          Map.entry(
              "EventBridge-PutEvents",
              Action.of(
                  "Detail DetailType Source", "Region Time EventBusName Resources TraceHeader")),
          Map.entry(
              "SQS-SendMessage",
              Action.of(
                  "QueueUrl MessageBody",
                  "Region DelaySeconds MessageAttributes MessageDeduplicationId MessageGroupId"
                      + " MessageSystemAttributes")),
          Map.entry(
              "SQS-ReceiveMessage",
              Action.of(
                  "QueueUrl",
                  "Region AttributeNames MaxNumberOfMessages MessageAttributeNames"
                      + " ReceiveRequestAttemptId VisibilityTimeout WaitTimeSeconds")),
          Map.entry("SQS-DeleteMessage", Action.of("ReceiptHandle QueueUrl", "Region")),
          Map.entry("SQS-PurgeQueue", Action.of("QueueUrl", "Region")),
          Map.entry(
              "AppConfig-GetConfiguration",
              Action.of(
                  "Application Environment Configuration ClientId",
                  "Region ClientConfigurationVersion")),
          Map.entry(
              "Kinesis-PutRecord",
              Action.of(
                  "StreamName Data PartitionKey",
                  "Region SequenceNumberForOrdering ExplicitHashKey")),
          Map.entry(
              "StepFunctions-StartExecution", Action.of("StateMachineArn", "Region Name Input")),
          Map.entry(
              "StepFunctions-StartSyncExecution",
              Action.of("StateMachineArn", "Region Name Input TraceHeader")),
          Map.entry(
              "StepFunctions-StopExecution", Action.of("ExecutionArn", "Region Cause Error")));

  private Subtypes() {}

  static void check(Integration integration) {
    String subtype = String.valueOf(integration.integrationSubtype());
    Action action = ACTIONS.get(subtype);
    if (action == null || integration.integrationType() != IntegrationType.AWS_PROXY) {
      throw OwnRefusals.invalid(
          "integrationSubtype", "with AWS_PROXY, one of " + new TreeSet<>(ACTIONS.keySet()));
    }
    if (integration.credentialsArn() == null) {
      throw OwnRefusals.required("credentialsArn");
    }
    if (integration.integrationUri() != null || integration.integrationMethod() != null) {
      throw OwnRefusals.invalid(
          "integrationSubtype", "integrationUri and integrationMethod do not go with it");
    }
    if (!integration.payloadFormatVersion().equals("1.0")) {
      throw OwnRefusals.invalid("payloadFormatVersion", "it is 1.0 with an integrationSubtype");
    }
    Map<String, String> given = integration.requestParameters();
    checkParameters(subtype, action, given == null ? Map.of() : new TreeMap<>(given));
  }

  private static void checkParameters(String subtype, Action action, Map<String, String> given) {
    for (String parameter : action.required()) {
      if (given.getOrDefault(parameter, "").isEmpty()) {
        throw OwnRefusals.invalid("requestParameters", subtype + " needs " + parameter);
      }
    }
    given.forEach((parameter, value) -> {
      if (!action.takes(parameter)) {
        throw OwnRefusals.invalid(
            "requestParameters", subtype + " takes no " + MappingRules.shown(parameter));
      }
      MappingRules.checkValue(parameter, value);
    });
  }
}
