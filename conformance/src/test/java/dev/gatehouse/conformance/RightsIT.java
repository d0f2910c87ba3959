package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Guard;
import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Signing;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** In whose name functions are invoked, where that is not API Gateway's own. */
class RightsIT {
  private static final String ACCOUNT = "arn:aws:iam::000000000000:";
  private static final String CALLERS = "arn:aws:iam::*:user/*";
  private static final String NAME = "rights";
  private static final String NOT_PERMITTED =
      "The IAM role configured on the authorizer or API Gateway doesn't have permissions to call"
          + " the authorizer. Check the permissions and try again.";
  private static final String ANSWER = LambdaAuthorizersIT.answer("{\"statusCode\":200}");
  private static final String ALLOW =
      LambdaAuthorizersIT.answer(
          "{\"principalId\":\"u\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":"
              + "{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}}}");

  /** What a test does with a function that nobody may invoke yet. */
  private interface Use {
    void with(RunningGatehouse gw, Http http, String function) throws Exception;
  }

  private static void withFunction(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        String function = Functions.create(lambda, NAME, Guard.class, 20);
        try {
          use.with(gw, http, function);
        } finally {
          lambda.deleteFunction(r -> r.functionName(NAME));
        }
      }
    });
  }

  private static String statement(String action, String resource) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}}"
        .formatted(action, resource);
  }

  private static String trust(String service) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"%s\"}}}"
        .formatted(service);
  }

  /** A role that API Gateway may assume; what it may do is not said yet. */
  private static String role(RunningGatehouse gw, String name) {
    try (IamClient iam = gw.iam()) {
      iam.createRole(
          r -> r.roleName(name).assumeRolePolicyDocument(trust("apigateway.amazonaws.com")));
    }
    return ACCOUNT + "role/" + name;
  }

  private static void grant(RunningGatehouse gw, String role, String policy) {
    try (IamClient iam = gw.iam()) {
      iam.putRolePolicy(r -> r.roleName(role).policyName("p").policyDocument(policy));
    }
  }

  private static void distrust(RunningGatehouse gw, String role) {
    try (IamClient iam = gw.iam()) {
      iam.updateAssumeRolePolicy(
          r -> r.roleName(role).policyDocument(trust("lambda.amazonaws.com")));
    }
  }

  /** A user that may call any API. */
  private static AwsCredentials user(RunningGatehouse gw, String name) {
    try (IamClient iam = gw.iam()) {
      iam.createUser(r -> r.userName(name));
      userMay(gw, name, "api", statement("execute-api:Invoke", "*"));
      AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
      return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }
  }

  private static void userMay(RunningGatehouse gw, String user, String name, String policy) {
    try (IamClient iam = gw.iam()) {
      iam.putUserPolicy(r -> r.userName(user).policyName(name).policyDocument(policy));
    }
  }

  @Test
  void anAuthorizerIsAskedUnderItsRole() throws Exception {
    withFunction((gw, http, function) -> {
      try (HttpApi api = HttpApi.create(gw);
          LambdaClient lambda = gw.lambda()) {
        String guard =
            api.request(
                function,
                "\"identitySource\":[\"$request.header.Authorization\"]",
                "\"authorizerPayloadFormatVersion\":\"2.0\",\"enableSimpleResponses\":true",
                "\"authorizerResultTtlInSeconds\":0",
                "\"authorizerCredentialsArn\":\"" + role(gw, "guarding") + "\"");
        String integration = api.function(function);
        api.guard("GET /x", integration, "CUSTOM", guard).serve();
        Functions.open(lambda, NAME); // for the integration; its role is what the guard has
        AccessLog log =
            AccessLog.of(gw, api, "$context.authorizer.error|$context.status $context.requestId");
        assertThat(api.get("/x", "Authorization: t").status()).isEqualTo(500);
        grant(gw, "guarding", statement("lambda:InvokeFunction", function));
        assertThat(api.get("/x", "Authorization: t").status()).isEqualTo(200);
        distrust(gw, "guarding");
        assertThat(api.get("/x", "Authorization: t").status()).isEqualTo(500);
        assertThat(log.lines(3))
            .satisfiesExactly(
                refused -> assertThat(refused).startsWith(NOT_PERMITTED + "|500 "),
                asked -> assertThat(asked).startsWith("-|200 "),
                refused -> assertThat(refused).startsWith(NOT_PERMITTED + "|500 "));
      }
    });
  }

  @Test
  void soIsOneOfConnections() throws Exception {
    withFunction((gw, http, function) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        String guard = api.authorizer(function, "route.request.header.Authorization");
        assertThat(
                gw.control()
                    .patch(
                        api.path("/authorizers/" + guard),
                        "{\"authorizerCredentialsArn\":\"" + role(gw, "doorman") + "\"}")
                    .status())
            .isEqualTo(200);
        api.route(
            "$connect",
            api.mock("x"),
            ",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"" + guard + "\"");
        api.serve();
        assertThat(status(api, "/prod", "Authorization: t", ALLOW)).isEqualTo(500);
        grant(gw, "doorman", statement("lambda:InvokeFunction", function));
        assertThat(status(api, "/prod", "Authorization: t", ALLOW)).isEqualTo(101);
        distrust(gw, "doorman");
        assertThat(status(api, "/prod", "Authorization: t", ALLOW)).isEqualTo(500);
      }
    });
  }

  private static int status(SocketApi api, String target, String... headers) throws Exception {
    try (RawWebSocket socket = api.handshake(target, headers)) {
      return socket.status();
    }
  }

  /** The caller's policies, or the function's where it names the caller. */
  @Test
  void aFunctionIsInvokedWithTheCallersRights() throws Exception {
    withFunction((gw, http, function) -> {
      try (HttpApi api = HttpApi.create(gw);
          LambdaClient lambda = gw.lambda()) {
        String integration =
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"2.0",
                 "credentialsArn":"%s"}\
                """
                    .formatted(function, CALLERS));
        gw.control()
            .create(
                api.path("/routes"),
                "{\"routeKey\":\"GET /x\",\"target\":\"integrations/%s\",\"authorizationType\":\"AWS_IAM\"}"
                    .formatted(integration));
        api.routes(integration, "GET /open");
        api.serve();
        Functions.open(lambda, NAME); // API Gateway itself may, which does not count
        assertThat(api.get("/open").status()).isEqualTo(500);
        Signing signer = Signing.by(user(gw, "passing"));
        List<String> answer = List.of(ANSWER);
        assertThat(invoke(signer, api, http, answer)).isEqualTo(500);
        userMay(gw, "passing", "own", statement("lambda:InvokeFunction", function));
        assertThat(invoke(signer, api, http, answer)).isEqualTo(200);
        userMay(gw, "passing", "own", statement("lambda:ListFunctions", "*"));
        assertThat(invoke(signer, api, http, answer)).isEqualTo(500);
        lambda.addPermission(r ->
            r.functionName(NAME)
                .statementId("named")
                .principal(ACCOUNT + "user/passing")
                .action("lambda:InvokeFunction"));
        assertThat(invoke(signer, api, http, answer)).isEqualTo(200);
      }
    });
  }

  private static int invoke(Signing signer, HttpApi api, Http http, List<String> headers)
      throws Exception {
    return signer.header(api, "GET", "/x", "", headers.toArray(String[]::new)).send(http).status();
  }

  @Test
  void soItIsForConnections() throws Exception {
    withFunction((gw, http, function) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        String integration =
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationMethod":"POST","credentialsArn":"%s",
                 "integrationUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}\
                """
                    .formatted(CALLERS, function));
        api.route("$connect", integration, ",\"authorizationType\":\"AWS_IAM\"");
        api.serve();
        String target =
            Signing.by(user(gw, "connecting")).query(api.host(), "GET", "/prod").target();
        assertThat(status(api, target, ANSWER)).isEqualTo(500);
        userMay(gw, "connecting", "own", statement("lambda:InvokeFunction", function));
        assertThat(status(api, target, ANSWER)).isEqualTo(101);
      }
    });
  }
}
