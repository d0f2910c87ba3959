package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every {@code $context} variable of a kind of API, in one line of an access log each. */
public record LogVariables(List<String> names) {
  private static final List<String> EVERYWHERE =
      List.of(
          "apiId",
          "accountId",
          "awsEndpointRequestId",
          "domainName",
          "error.message",
          "error.messageString",
          "error.responseType",
          "extendedRequestId",
          "identity.accountId",
          "identity.caller",
          "identity.cognitoAuthenticationProvider",
          "identity.cognitoAuthenticationType",
          "identity.cognitoIdentityId",
          "identity.cognitoIdentityPoolId",
          "identity.principalOrgId",
          "identity.sourceIp",
          "identity.user",
          "identity.userAgent",
          "identity.userArn",
          "integration.error",
          "integration.integrationStatus",
          "integration.latency",
          "integration.requestId",
          "integration.status",
          "integrationErrorMessage",
          "integrationLatency",
          "integrationStatus",
          "requestId",
          "requestTime",
          "requestTimeEpoch",
          "routeKey",
          "stage",
          "status",
          "authorizer.error",
          "authorizer.principalId",
          "authorizer.tenant");

  /** Those of http-api.md 11.1. */
  public static final LogVariables HTTP =
      with(
          "authorizer.claims.sub",
          "awsEndpointRequestId2",
          "customDomain.basePathMatched",
          "dataProcessed",
          "domainPrefix",
          "httpMethod",
          "identity.clientCert.clientCertPem",
          "identity.clientCert.subjectDN",
          "identity.clientCert.issuerDN",
          "identity.clientCert.serialNumber",
          "identity.clientCert.validity.notBefore",
          "identity.clientCert.validity.notAfter",
          "path",
          "protocol",
          "responseLatency",
          "responseLength");

  /** Those of websocket-api.md 12. */
  public static final LogVariables WEB_SOCKET =
      with(
          "authenticate.error",
          "authenticate.latency",
          "authenticate.status",
          "authorize.error",
          "authorize.latency",
          "authorize.status",
          "authorizer.integrationLatency",
          "authorizer.integrationStatus",
          "authorizer.latency",
          "authorizer.requestId",
          "authorizer.status",
          "connectedAt",
          "connectionId",
          "error.validationErrorString",
          "eventType",
          "identity.apiKey",
          "identity.apiKeyId",
          "messageId",
          "waf.error",
          "waf.latency",
          "waf.status");

  private static LogVariables with(String... more) {
    List<String> names = new ArrayList<>(EVERYWHERE);
    names.addAll(List.of(more));
    return new LogVariables(List.copyOf(names));
  }

  /** The format that has them all. */
  public String format() {
    return "$context." + String.join("|$context.", names);
  }

  /** Switches a stage's log on, with all of them; its lines are in the group of that name. */
  public AccessLog on(RunningGatehouse gatehouse, String stage, String group) throws IOException {
    String json =
        "{\"accessLogSettings\":{\"format\":\"%s\",\"destinationArn\":"
            + "\"arn:aws:logs:us-east-1:000000000000:log-group:%s\"}}";
    Reply reply = gatehouse.control().patch(stage, json.formatted(format(), group));
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return new AccessLog(gatehouse, group);
  }

  /**
   * Holds a line to what it must say.
   *
   * @param expected a pattern for each variable that has a value; every other one must have none
   */
  public void assertLine(String line, Map<String, String> expected) {
    assertThat(names).containsAll(expected.keySet());
    String[] values = line.split("\\|", -1);
    assertThat(values).as(line).hasSameSizeAs(names);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("%s of %s", names.get(i), line)
          .matches(expected.getOrDefault(names.get(i), "-"));
    }
  }
}
