package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.AwsCli;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import tools.jackson.databind.JsonNode;

/** What scripts do with IAM and STS, by the AWS SDK and the AWS CLI. */
class IamIT {
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;
  private static final String LOGS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}\
      """;
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  private static String decoded(String document) {
    return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static <E extends IamException> void refused(
      Class<E> type, String text, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(type)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(text));
  }

  @Test
  void aRoleFromCreationToDeletion() throws Exception {
    withGatehouse((gw, http) -> {
      try (IamClient iam = gw.iam()) {
        Role role =
            iam.createRole(r ->
                    r.roleName("Life")
                        .path("/service/")
                        .assumeRolePolicyDocument(TRUST)
                        .description("a <role> & more")
                        .tags(Tag.builder().key("team").value("a b").build()))
                .role();
        assertThat(role.arn()).isEqualTo("arn:aws:iam::000000000000:role/service/Life");
        assertThat(role.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
        refused(
            EntityAlreadyExistsException.class,
            "Role with name life already exists.",
            () -> iam.createRole(r -> r.roleName("life").assumeRolePolicyDocument(TRUST)));
        Role read = iam.getRole(r -> r.roleName("Life")).role();
        assertThat(read.description()).isEqualTo("a <role> & more");
        assertThat(read.maxSessionDuration()).isEqualTo(3600);
        assertThat(read.tags()).extracting(Tag::value).containsExactly("a b");
        iam.putRolePolicy(r -> r.roleName("Life").policyName("logs").policyDocument(LOGS));
        assertThat(iam.listRolePolicies(r -> r.roleName("Life")).policyNames())
            .containsExactly("logs");
        assertThat(
                decoded(
                    iam.getRolePolicy(r -> r.roleName("Life").policyName("logs")).policyDocument()))
            .isEqualTo(LOGS);
        iam.attachRolePolicy(r -> r.roleName("Life").policyArn(BASIC));
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("Life")).attachedPolicies())
            .singleElement()
            .satisfies(attached -> assertThat(attached.policyArn()).isEqualTo(BASIC));
        deleted(iam);
      }
    });
  }

  private static void deleted(IamClient iam) {
    refused(
        DeleteConflictException.class,
        "Cannot delete entity, must delete policies first.",
        () -> iam.deleteRole(r -> r.roleName("Life")));
    iam.deleteRolePolicy(r -> r.roleName("Life").policyName("logs"));
    refused(
        DeleteConflictException.class,
        "Cannot delete entity, must detach all policies first.",
        () -> iam.deleteRole(r -> r.roleName("Life")));
    iam.detachRolePolicy(r -> r.roleName("Life").policyArn(BASIC));
    iam.deleteRole(r -> r.roleName("Life"));
    refused(
        NoSuchEntityException.class,
        "The role with name Life cannot be found.",
        () -> iam.getRole(r -> r.roleName("Life")));
  }

  @Test
  void aPolicyFromCreationToDeletion() throws Exception {
    withGatehouse((gw, http) -> {
      try (IamClient iam = gw.iam()) {
        Policy policy =
            iam.createPolicy(r -> r.policyName("Managed").policyDocument(LOGS)).policy();
        assertThat(policy.arn()).isEqualTo("arn:aws:iam::000000000000:policy/Managed");
        iam.createRole(r -> r.roleName("holder").assumeRolePolicyDocument(TRUST));
        iam.attachRolePolicy(r -> r.roleName("holder").policyArn(policy.arn()));
        assertThat(iam.getPolicy(r -> r.policyArn(policy.arn())).policy().attachmentCount())
            .isEqualTo(1);
        assertThat(
                decoded(
                    iam.getPolicyVersion(r -> r.policyArn(policy.arn()).versionId("v1"))
                        .policyVersion()
                        .document()))
            .isEqualTo(LOGS);
        assertThat(iam.listPolicies(r -> r.scope("Local")).policies())
            .extracting(Policy::arn)
            .contains(policy.arn())
            .doesNotContain(BASIC);
        refused(
            DeleteConflictException.class,
            "Cannot delete a policy attached to entities.",
            () -> iam.deletePolicy(r -> r.policyArn(policy.arn())));
        iam.detachRolePolicy(r -> r.roleName("holder").policyArn(policy.arn()));
        iam.deletePolicy(r -> r.policyArn(policy.arn()));
        refused(
            NoSuchEntityException.class,
            "Policy " + policy.arn() + " does not exist or is not attachable.",
            () -> iam.attachRolePolicy(r -> r.roleName("holder").policyArn(policy.arn())));
        iam.deleteRole(r -> r.roleName("holder"));
      }
    });
  }

  @Test
  void whatIsNoPolicyIsRefused() throws Exception {
    withGatehouse((gw, http) -> {
      try (IamClient iam = gw.iam()) {
        for (String document :
            new String[] {
              "{}", "no", "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}"
            }) {
          assertThatExceptionOfType(MalformedPolicyDocumentException.class)
              .as(document)
              .isThrownBy(() -> iam.createPolicy(r -> r.policyName("no").policyDocument(document)));
        }
        assertThatExceptionOfType(IamException.class)
            .isThrownBy(() -> iam.createSAMLProvider(r -> r.name("x").samlMetadataDocument("y")))
            .satisfies(e -> assertThat(e.statusCode()).isEqualTo(501));
      }
    });
  }

  @Test
  void aUserSignsWithItsKeyUntilTheKeyIsGone() throws Exception {
    withGatehouse((gw, http) -> {
      try (IamClient iam = gw.iam()) {
        iam.createUser(r -> r.userName("ann"));
        AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        try (StsClient own =
            gw.client(
                StsClient.builder(),
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
          GetCallerIdentityResponse who = own.getCallerIdentity();
          assertThat(who.arn()).isEqualTo("arn:aws:iam::000000000000:user/ann");
          assertThat(who.userId()).startsWith("AIDA");
        }
        assertThat(iam.listAccessKeys(r -> r.userName("ann")).accessKeyMetadata()).hasSize(1);
        iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(key.accessKeyId()));
        iam.deleteUser(r -> r.userName("ann"));
      }
    });
  }

  @Test
  void aSessionIsWhatItsRoleIs() throws Exception {
    withGatehouse((gw, http) -> {
      try (StsClient sts = gw.sts()) {
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:root");
        AssumeRoleResponse assumed =
            sts.assumeRole(r ->
                r.roleArn("arn:aws:iam::000000000000:role/any")
                    .roleSessionName("me@work")
                    .durationSeconds(900));
        assertThat(assumed.credentials().accessKeyId()).startsWith("ASIA");
        AwsSessionCredentials session =
            AwsSessionCredentials.create(
                assumed.credentials().accessKeyId(),
                assumed.credentials().secretAccessKey(),
                assumed.credentials().sessionToken());
        try (StsClient own = gw.client(StsClient.builder(), session)) {
          GetCallerIdentityResponse who = own.getCallerIdentity();
          assertThat(who.arn())
              .isEqualTo("arn:aws:sts::000000000000:assumed-role/any/me@work")
              .isEqualTo(assumed.assumedRoleUser().arn());
          assertThat(who.userId()).isEqualTo(assumed.assumedRoleUser().assumedRoleId());
        }
      }
    });
  }

  @Test
  void anIntegrationsRoleTakesThePlaceOfTheFunctionsPolicy() throws Exception {
    withGatehouse((gw, http) -> {
      try (IamClient iam = gw.iam();
          LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        String function = Functions.create(lambda, "under-a-role", Probe.class, 20);
        String trust = TRUST.replace("lambda.amazonaws.com", "apigateway.amazonaws.com");
        Role role =
            iam.createRole(r -> r.roleName("gateway").assumeRolePolicyDocument(trust)).role();
        String integration =
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"2.0",
                 "credentialsArn":"%s"}\
                """
                    .formatted(function, role.arn()));
        api.routes(integration, "GET /x");
        api.serve();
        assertThat(api.get("/x").status()).isEqualTo(500);
        String invoke =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"%s\"}}"
                .formatted(function);
        iam.putRolePolicy(r -> r.roleName("gateway").policyName("p").policyDocument(invoke));
        assertThat(api.get("/x").status()).isEqualTo(200);
        iam.updateAssumeRolePolicy(r -> r.roleName("gateway").policyDocument(TRUST));
        assertThat(api.get("/x").status()).isEqualTo(500);
      }
    });
  }

  @Test
  void keysAreMadeListedAndRemovedByTheCommand(@TempDir Path directory) throws Exception {
    withGatehouse((gw, http) -> {
      Path policy = Files.writeString(directory.resolve("logs.json"), LOGS);
      String url = gw.url().toString();
      String made =
          keys(
              "create", "cmd", "--policy", policy.toString(), "--policy", BASIC, "--endpoint", url);
      Matcher key =
          Pattern.compile("AWS_ACCESS_KEY_ID=(\\S+)\\s+export AWS_SECRET_ACCESS_KEY=(\\S+)")
              .matcher(made);
      assertThat(key.find()).as(made).isTrue();
      try (StsClient own =
          gw.client(StsClient.builder(), AwsBasicCredentials.create(key.group(1), key.group(2)))) {
        assertThat(own.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/cmd");
      }
      try (IamClient iam = gw.iam()) {
        assertThat(iam.listUserPolicies(r -> r.userName("cmd")).policyNames())
            .containsExactly("logs");
        assertThat(iam.listAttachedUserPolicies(r -> r.userName("cmd")).attachedPolicies())
            .hasSize(1);
      }
      assertThat(keys("ls", "--endpoint", url)).contains(key.group(1)).contains("cmd");
      assertThat(keys("rm", key.group(1), "--endpoint", url)).contains("removed");
      assertThat(keys("ls", "--endpoint", url)).doesNotContain(key.group(1));
    });
  }

  private static String keys(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(RunningGatehouse.launcher().toString(), "keys"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void theCommandLineMakesARoleForAFunction() throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli aws = gw.cli();
      JsonNode role =
          aws.json(
              "iam", "create-role", "--role-name", "cli", "--assume-role-policy-document", TRUST);
      assertThat(role.at("/Role/AssumeRolePolicyDocument/Version").asString())
          .isEqualTo("2012-10-17");
      aws.json("iam", "attach-role-policy", "--role-name", "cli", "--policy-arn", BASIC);
      assertThat(
              aws.json("iam", "list-attached-role-policies", "--role-name", "cli")
                  .at("/AttachedPolicies/0/PolicyName")
                  .asString())
          .isEqualTo("AWSLambdaBasicExecutionRole");
      assertThat(aws.json("sts", "get-caller-identity").path("Account").asString())
          .isEqualTo("000000000000");
      assertThat(aws.run("iam", "get-role", "--role-name", "nobody").err())
          .contains(
              "(NoSuchEntity) when calling the GetRole operation: The role with name nobody cannot"
                  + " be found.");
      aws.json("iam", "detach-role-policy", "--role-name", "cli", "--policy-arn", BASIC);
      aws.json("iam", "delete-role", "--role-name", "cli");
    });
  }
}
