package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The AWS actions that an HTTP API can call itself, with the parameters each needs (http-api.md
 * section 7 [C]).
 */
final class Subtypes {
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("EventBridge-PutEvents", List.of("Detail", "DetailType", "Source")),
          Map.entry("SQS-SendMessage", List.of("QueueUrl", "MessageBody")),
          Map.entry("SQS-ReceiveMessage", List.of("QueueUrl")),
          Map.entry("SQS-DeleteMessage", List.of("ReceiptHandle", "QueueUrl")),
          Map.entry("SQS-PurgeQueue", List.of("QueueUrl")),
          Map.entry(
              "AppConfig-GetConfiguration",
              List.of("Application", "Environment", "Configuration", "ClientId")),
          Map.entry("Kinesis-PutRecord", List.of("StreamName", "Data", "PartitionKey")),
          Map.entry("StepFunctions-StartExecution", List.of("StateMachineArn")),
          Map.entry("StepFunctions-StartSyncExecution", List.of("StateMachineArn")),
          Map.entry("StepFunctions-StopExecution", List.of("ExecutionArn")));

  private Subtypes() {}

  static void check(Integration integration) {
    String subtype = String.valueOf(integration.integrationSubtype());
    List<String> required = REQUIRED.get(subtype);
    if (required == null || integration.integrationType() != IntegrationType.AWS_PROXY) {
      throw OwnRefusals.invalid(
          "integrationSubtype", "with AWS_PROXY, one of " + Set.copyOf(REQUIRED.keySet()));
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
    for (String parameter : required) {
      if (given == null || !given.containsKey(parameter)) {
        throw OwnRefusals.invalid("requestParameters", subtype + " needs " + parameter);
      }
    }
  }
}
