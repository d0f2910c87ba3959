package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.conformance.function.Surroundings;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import tools.jackson.databind.JsonNode;

/** Where signatures are checked, the caller's policies decide, and refusals read as AWS's. */
class VerifyIT {
  private static final AwsCredentials ADMIN = AwsBasicCredentials.create("ADMIN", "admin-secret");
  private static final AwsCredentials READER =
      AwsBasicCredentials.create("READER", "reader-secret");
  private static final String CONFIGURATION =
      """
      auth: verify
      keys:
        - {id: ADMIN, secret: admin-secret}
        - id: READER
          secret: reader-secret
          user: reader
          policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
        - {id: ABROAD, secret: secret, account: "111111111111"}
        - {id: GUEST, secret: secret, account: "111111111111", user: guest}
      """;
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":%s}]}\
      """;
  private static final String READER_ARN = "arn:aws:iam::000000000000:user/reader";

  @TempDir static Path directory;
  private static RunningGatehouse gw;

  @BeforeAll
  static void start() throws Exception {
    gw = RunningGatehouse.start(directory.resolve("data"), CONFIGURATION);
  }

  @AfterAll
  static void stop() throws Exception {
    gw.close();
  }

  private static ApiGatewayV2Client apis(AwsCredentials who) {
    return gw.client(ApiGatewayV2Client.builder(), who);
  }

  private static void denied(String code, String text, ThrowingCallable call) {
    assertThatExceptionOfType(AwsServiceException.class)
        .isThrownBy(call)
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(403);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
          assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(text);
        });
  }

  private static String text(String user, String action, String resource) {
    return "User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
        .formatted(user, action, resource, action);
  }

  /** A user of that name with that policy. */
  private static AwsCredentials user(String name, String policy) {
    try (IamClient iam = gw.client(IamClient.builder(), ADMIN)) {
      iam.createUser(r -> r.userName(name));
      iam.putUserPolicy(r -> r.userName(name).policyName("p").policyDocument(policy));
      AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
      return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }
  }

  private static String policy(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(effect, action, resource);
  }

  @Test
  void controlCallsNeedAPolicyForTheirMethodAndPath() {
    String policy =
        policy(
            statement("Allow", "apigateway:GET", "arn:aws:apigateway:*::/apis*"),
            statement("Allow", "apigateway:POST", "arn:aws:apigateway:us-east-1::/apis"),
            statement("Deny", "apigateway:GET", "arn:aws:apigateway:*::/apis/*/stages"));
    try (ApiGatewayV2Client maker = apis(user("maker", policy));
        ApiGatewayV2Client reader = apis(READER)) {
      String id = maker.createApi(r -> r.name("a").protocolType("HTTP")).apiId();
      assertThat(maker.getApi(r -> r.apiId(id)).name()).isEqualTo("a");
      String arn = "arn:aws:iam::000000000000:user/maker";
      String resource = "arn:aws:apigateway:us-east-1::/apis/" + id;
      denied(
          "AccessDeniedException",
          text(arn, "apigateway:DELETE", resource),
          () -> maker.deleteApi(r -> r.apiId(id)));
      denied(
          "AccessDeniedException",
          "User: "
              + arn
              + " is not authorized to perform: apigateway:GET on resource: "
              + resource
              + "/stages with an explicit deny in an identity-based policy",
          () -> maker.getStages(r -> r.apiId(id)));
      denied(
          "AccessDeniedException",
          text(READER_ARN, "apigateway:GET", "arn:aws:apigateway:us-east-1::/apis"),
          reader::getApis);
    }
  }

  @Test
  void functionsNeedOneForEachOperation() {
    try (LambdaClient lambda = gw.client(LambdaClient.builder(), READER)) {
      denied(
          "AccessDeniedException",
          text(READER_ARN, "lambda:ListFunctions", "*"),
          lambda::listFunctions);
      denied(
          "AccessDeniedException",
          text(
              READER_ARN,
              "lambda:InvokeFunction",
              "arn:aws:lambda:us-east-1:000000000000:function:f"),
          () -> lambda.invoke(r -> r.functionName("f")));
    }
  }

  /** Within an account a function's own policy suffices where it names the caller itself [C]. */
  @Test
  void aFunctionMayLetCallersInvokeIt() throws Exception {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:shared";
    AwsCredentials forbidden =
        user("forbidden", policy(statement("Deny", "lambda:InvokeFunction", arn)));
    try (LambdaClient lambda = gw.client(LambdaClient.builder(), ADMIN);
        LambdaClient reader = gw.client(LambdaClient.builder(), READER);
        LambdaClient never = gw.client(LambdaClient.builder(), forbidden)) {
      Functions.create(lambda, "shared", Surroundings.class, 20);
      String refusal = text(READER_ARN, "lambda:InvokeFunction", arn);
      denied("AccessDeniedException", refusal, () -> invoke(reader, arn));
      permit(lambda, "account", "000000000000", "lambda:InvokeFunction");
      denied("AccessDeniedException", refusal, () -> invoke(reader, arn));
      permit(lambda, "other", READER_ARN, "lambda:GetFunction");
      denied("AccessDeniedException", refusal, () -> invoke(reader, arn));
      assertThat(reader.getFunction(r -> r.functionName(arn)).configuration().functionArn())
          .isEqualTo(arn);
      permit(lambda, "reader", READER_ARN, "lambda:InvokeFunction");
      invoke(reader, arn);
      denied(
          "AccessDeniedException",
          text(READER_ARN, "lambda:InvokeFunction", arn + ":$LATEST"),
          () -> invoke(reader, arn + ":$LATEST"));
      permit(lambda, "everyone", "*", "lambda:InvokeFunction");
      denied(
          "AccessDeniedException",
          "User: arn:aws:iam::000000000000:user/forbidden is not authorized to perform:"
              + " lambda:InvokeFunction on resource: "
              + arn
              + " with an explicit deny in an identity-based policy",
          () -> invoke(never, arn));
    }
  }

  /** To another account's function both sides must agree [C]. */
  @Test
  void aFunctionMayBeSharedWithAnotherAccount() throws Exception {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:abroad";
    String refusal =
        "User: %s is not authorized to perform: lambda:InvokeFunction on resource: %s because no"
            + " resource-based policy allows the lambda:InvokeFunction action";
    String guest = "arn:aws:iam::111111111111:user/guest";
    try (LambdaClient lambda = gw.client(LambdaClient.builder(), ADMIN);
        LambdaClient root = gw.client(LambdaClient.builder(), key("ABROAD"));
        LambdaClient user = gw.client(LambdaClient.builder(), key("GUEST"))) {
      Functions.create(lambda, "abroad", Surroundings.class, 20);
      String abroad = "arn:aws:iam::111111111111:root";
      denied("AccessDeniedException", refusal.formatted(abroad, arn), () -> invoke(root, arn));
      lambda.addPermission(r ->
          r.functionName("abroad")
              .statementId("account")
              .principal("111111111111")
              .action("lambda:InvokeFunction"));
      invoke(root, arn);
      denied(
          "AccessDeniedException",
          text(guest, "lambda:InvokeFunction", arn),
          () -> invoke(user, arn));
      denied(
          "AccessDeniedException",
          refusal.formatted(abroad, arn).replace("InvokeFunction", "DeleteFunction"),
          () -> root.deleteFunction(r -> r.functionName(arn)));
    }
  }

  private static AwsCredentials key(String id) {
    return AwsBasicCredentials.create(id, "secret");
  }

  private static void permit(LambdaClient lambda, String id, String principal, String action) {
    lambda.addPermission(
        r -> r.functionName("shared").statementId(id).principal(principal).action(action));
  }

  private static void invoke(LambdaClient lambda, String function) {
    assertThat(
            lambda
                .invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String("{}")))
                .functionError())
        .isNull();
  }

  @Test
  void objectsNeedOneForEachAction() {
    try (S3Client admin = gw.client(S3Client.builder().forcePathStyle(true), ADMIN);
        S3Client reader = gw.client(S3Client.builder().forcePathStyle(true), READER)) {
      admin.createBucket(r -> r.bucket("verified"));
      admin.putObject(r -> r.bucket("verified").key("k"), RequestBody.fromString("text"));
      assertThat(reader.getObjectAsBytes(r -> r.bucket("verified").key("k")).asUtf8String())
          .isEqualTo("text");
      assertThat(reader.listObjectsV2(r -> r.bucket("verified")).contents()).hasSize(1);
      denied(
          "AccessDenied",
          text(READER_ARN, "s3:PutObject", "\"arn:aws:s3:::verified/k\""),
          () -> reader.putObject(r -> r.bucket("verified").key("k"), RequestBody.fromString("no")));
      denied(
          "AccessDenied",
          text(READER_ARN, "s3:DeleteBucket", "\"arn:aws:s3:::verified\""),
          () -> reader.deleteBucket(r -> r.bucket("verified")));
    }
  }

  @Test
  void aFunctionMayDoWhatItsRoleMay() throws Exception {
    String trust = TRUST.formatted("{\"Service\":\"lambda.amazonaws.com\"}");
    try (IamClient iam = gw.client(IamClient.builder(), ADMIN);
        LambdaClient lambda = gw.client(LambdaClient.builder(), ADMIN);
        S3Client admin = gw.client(S3Client.builder().forcePathStyle(true), ADMIN)) {
      iam.createRole(r -> r.roleName("lambda").assumeRolePolicyDocument(trust));
      iam.putRolePolicy(r ->
          r.roleName("lambda")
              .policyName("p")
              .policyDocument(policy(statement("Allow", "s3:GetObject", "arn:aws:s3:::own/*"))));
      Functions.create(lambda, "surroundings", Surroundings.class, 20);
      JsonNode found =
          Reply.parse(
              lambda
                  .invoke(
                      r -> r.functionName("surroundings").payload(SdkBytes.fromUtf8String("{}")))
                  .payload()
                  .asUtf8String());
      AwsCredentials function =
          AwsSessionCredentials.create(
              found.path("AWS_ACCESS_KEY_ID").asString(),
              found.path("AWS_SECRET_ACCESS_KEY").asString(),
              found.path("AWS_SESSION_TOKEN").asString());
      admin.createBucket(r -> r.bucket("own"));
      admin.putObject(r -> r.bucket("own").key("k"), RequestBody.fromString("text"));
      try (S3Client own = gw.client(S3Client.builder().forcePathStyle(true), function)) {
        assertThat(own.getObjectAsBytes(r -> r.bucket("own").key("k")).asUtf8String())
            .isEqualTo("text");
        denied(
            "AccessDenied",
            text(
                "arn:aws:sts::000000000000:assumed-role/lambda/surroundings",
                "s3:PutObject",
                "\"arn:aws:s3:::own/k\""),
            () -> own.putObject(r -> r.bucket("own").key("k"), RequestBody.fromString("no")));
      }
    }
  }

  @Test
  void aSessionsPolicyNarrowsWhatItMay() {
    try (StsClient sts = gw.client(StsClient.builder(), ADMIN);
        StsClient reader = gw.client(StsClient.builder(), READER);
        IamClient iam = gw.client(IamClient.builder(), ADMIN)) {
      String trust = TRUST.formatted("{\"AWS\":\"000000000000\"}");
      iam.createRole(r -> r.roleName("wide").assumeRolePolicyDocument(trust));
      iam.attachRolePolicy(
          r -> r.roleName("wide").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
      String role = "arn:aws:iam::000000000000:role/wide";
      assertThatExceptionOfType(AwsServiceException.class) // its account is trusted, not it
          .isThrownBy(() -> reader.assumeRole(r -> r.roleArn(role).roleSessionName("s1")));
      String narrow = policy(statement("Allow", "apigateway:GET", "*"));
      Credentials given =
          sts.assumeRole(r -> r.roleArn(role).roleSessionName("s1").policy(narrow)).credentials();
      try (ApiGatewayV2Client apis =
          apis(
              AwsSessionCredentials.create(
                  given.accessKeyId(), given.secretAccessKey(), given.sessionToken()))) {
        apis.getApis();
        denied(
            "AccessDeniedException",
            text(
                    "arn:aws:sts::000000000000:assumed-role/wide/s1",
                    "apigateway:POST",
                    "arn:aws:apigateway:us-east-1::/apis")
                .replace("identity-based", "session"),
            () -> apis.createApi(r -> r.name("no").protocolType("HTTP")));
      }
      Credentials own = reader.getSessionToken().credentials();
      try (StsClient session =
          gw.client(
              StsClient.builder(),
              AwsSessionCredentials.create(
                  own.accessKeyId(), own.secretAccessKey(), own.sessionToken()))) {
        assertThat(session.getCallerIdentity().arn()).isEqualTo(READER_ARN);
      }
    }
  }

  @Test
  void iamAndStsRefuseInXml() {
    try (IamClient iam = gw.client(IamClient.builder(), READER);
        StsClient sts = gw.client(StsClient.builder(), READER);
        StsClient forged =
            gw.client(StsClient.builder(), AwsBasicCredentials.create("READER", "guess"));
        StsClient nobody =
            gw.client(StsClient.builder(), AwsBasicCredentials.create("NOBODY", "x"))) {
      denied(
          "AccessDenied",
          text(READER_ARN, "iam:GetRole", "arn:aws:iam::000000000000:role/r"),
          () -> iam.getRole(r -> r.roleName("r")));
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(READER_ARN);
      assertThatExceptionOfType(AwsServiceException.class)
          .isThrownBy(forged::getCallerIdentity)
          .satisfies(
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
      denied(
          "InvalidClientTokenId",
          "The security token included in the request is invalid.",
          nobody::getCallerIdentity);
    }
  }

  @Test
  void aRoleIsAssumedByThoseWhomItTrusts() {
    String role = "arn:aws:iam::000000000000:role/reading";
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"%s\"},\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"x1\"}}}]}"
            .formatted(READER_ARN);
    try (IamClient iam = gw.client(IamClient.builder(), ADMIN);
        StsClient reader = gw.client(StsClient.builder(), READER)) {
      iam.createRole(r -> r.roleName("reading").assumeRolePolicyDocument(trust));
      iam.putRolePolicy(r ->
          r.roleName("reading")
              .policyName("p")
              .policyDocument(policy(statement("Allow", "apigateway:GET", "*"))));
      String refusal =
          "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
              .formatted(READER_ARN, role);
      denied(
          "AccessDenied",
          refusal,
          () -> reader.assumeRole(r -> r.roleArn(role).roleSessionName("s1")));
      denied(
          "AccessDenied",
          refusal + "less",
          () -> reader.assumeRole(r -> r.roleArn(role + "less").roleSessionName("s1")));
      Credentials given =
          reader
              .assumeRole(r -> r.roleArn(role).roleSessionName("s1").externalId("x1"))
              .credentials();
      AwsCredentials session =
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
      try (ApiGatewayV2Client apis = apis(session)) {
        apis.getApis();
        denied(
            "AccessDeniedException",
            text(
                "arn:aws:sts::000000000000:assumed-role/reading/s1",
                "apigateway:POST",
                "arn:aws:apigateway:us-east-1::/apis"),
            () -> apis.createApi(r -> r.name("no").protocolType("HTTP")));
        iam.deleteRolePolicy(r -> r.roleName("reading").policyName("p"));
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(apis::getApis);
      }
    }
  }
}
