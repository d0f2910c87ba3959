package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;

/** What a configuration file says, the server does. */
class ConfigurationIT {
  private static final String VERIFY =
      """
      auth: verify
      hosts: [gateway.example]
      keys:
        - {id: GOODKEY, secret: good-secret, account: "111122223333"}
      """;

  private static final String CONFIG = "/_gatehouse/config";

  @TempDir Path directory;

  private RunningGatehouse start(String configuration) throws Exception {
    return RunningGatehouse.start(directory.resolve("data"), configuration);
  }

  @Test
  void whereSignaturesAreCheckedOnlyRightOnesMakeControlCalls() throws Exception {
    try (RunningGatehouse gw = start(VERIFY);
        ApiGatewayV2Client good = gw.apis("GOODKEY", "good-secret");
        ApiGatewayV2Client forged = gw.apis("GOODKEY", "other-secret");
        ApiGatewayV2Client unknown = gw.apis("test", "test")) {
      assertRefused(create(forged), "InvalidSignatureException");
      assertRefused(create(unknown), "UnrecognizedClientException");
      Reply unsigned = gw.http().send("POST", "/v2/apis", "{}");
      assertRefused(unsigned, "MissingAuthenticationTokenException");
      Reply malformed = gw.http().get("/v2/apis", "Authorization: AWS4-HMAC-SHA256 Credential=x");
      assertRefused(malformed, "IncompleteSignatureException");
      assertRefused(new Control(gw.http(), "GOODKEY").get("/v2/apis"), "InvalidSignatureException");
      assertThat(good.getApis().items()).isEmpty();
      CreateApiResponse created = good.createApi(r -> r.name("kept").protocolType("HTTP"));
      assertThat(good.getApi(r -> r.apiId(created.apiId())).name()).isEqualTo("kept");
    }
  }

  private static ApiGatewayV2Exception create(ApiGatewayV2Client client) {
    return assertThatExceptionOfType(ApiGatewayV2Exception.class)
        .isThrownBy(() -> client.createApi(r -> r.name("refused").protocolType("HTTP")))
        .actual();
  }

  private static void assertRefused(ApiGatewayV2Exception refusal, String code) {
    assertThat(refusal.statusCode()).isEqualTo(403);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
  }

  private static void assertRefused(Reply reply, String code) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(403);
    assertThat(reply.header("x-amzn-ErrorType")).as("%s", reply).contains(code);
  }

  @Test
  void withoutKeysOneIsMadeAndShownOnce() throws Exception {
    try (RunningGatehouse gw = start("auth: verify")) {
      Matcher shown =
          Pattern.compile("AWS_ACCESS_KEY_ID=(\\S+)\\s+AWS_SECRET_ACCESS_KEY=(\\S+)")
              .matcher(gw.log());
      assertThat(shown.find()).as(gw.log()).isTrue();
      try (ApiGatewayV2Client client = gw.apis(shown.group(1), shown.group(2))) {
        assertThat(client.getApis().items()).isEmpty();
        gw.stop();
        gw.restart();
        assertThat(client.getApis().items()).isEmpty();
      }
      assertThat(gw.log().split(Pattern.quote(shown.group(2)), -1)).hasSize(2);
    }
  }

  @Test
  void theConfigurationInForceIsShownToWhoMayMakeControlCallsWithoutSecrets() throws Exception {
    try (RunningGatehouse gw = start(VERIFY + "drain: 3s\n")) {
      assertRefused(gw.http().get("/_gatehouse/config"), "MissingAuthenticationTokenException");
      Reply reply = signed(gw, SdkHttpMethod.GET, "127.0.0.1", CONFIG);
      JsonNode config = reply.json();
      assertThat(reply.text()).doesNotContain("good-secret");
      assertThat(config.at("/listen/port").asInt()).isEqualTo(gw.port());
      assertThat(config.at("/drain").asString()).isEqualTo("3s");
      assertThat(config.at("/auth").asString()).isEqualTo("verify");
      assertThat(config.at("/quotas/routes").asInt()).isEqualTo(300);
      assertThat(config.at("/keys/0"))
          .isEqualTo(Reply.parse("{\"id\":\"GOODKEY\",\"account\":\"111122223333\"}"));
    }
  }

  @Test
  void whereSignaturesAreCheckedNothingIsReset() throws Exception {
    try (RunningGatehouse gw = start(VERIFY);
        ApiGatewayV2Client client = gw.apis("GOODKEY", "good-secret")) {
      client.createApi(r -> r.name("kept").protocolType("HTTP"));
      assertRefused(
          signed(gw, SdkHttpMethod.POST, "127.0.0.1", "/_gatehouse/reset"),
          "AccessDeniedException");
      assertThat(client.getApis().items()).hasSize(1);
    }
  }

  @Test
  void aConfiguredHostIsOursAndAnotherIsNot() throws Exception {
    try (RunningGatehouse gw = start(VERIFY)) {
      assertThat(signed(gw, SdkHttpMethod.GET, "gateway.example", CONFIG).status()).isEqualTo(200);
      assertRefused(
          signed(gw, SdkHttpMethod.GET, "other.example", CONFIG), "AccessDeniedException");
    }
  }

  private static Reply signed(RunningGatehouse gw, SdkHttpMethod method, String host, String path)
      throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(URI.create("http://" + host + ":" + gw.port() + path))
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.request(request)
                    .identity(AwsBasicCredentials.create("GOODKEY", "good-secret"))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "apigateway")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    return gw.http()
        .send(
            method.name(),
            path,
            "",
            signed.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue().getFirst())
                .toArray(String[]::new));
  }

  @Test
  void aQuotaIsEnforcedAndNoneLiftsIt() throws Exception {
    try (RunningGatehouse gw = start("quotas: {routes: 2}")) {
      String routes = HttpApi.create(gw).path("/routes");
      for (int i = 0; i < 2; i++) {
        gw.control().create(routes, "{\"routeKey\":\"GET /" + i + "\"}");
      }
      Reply third = gw.control().post(routes, "{\"routeKey\":\"GET /2\"}");
      assertThat(third.status()).as("%s", third).isEqualTo(429);
      assertThat(third.json().path("message").asString()).startsWith("Maximum number of Routes");
      gw.reconfigure("quotas: {routes: none}");
      for (int i = 2; i <= 300; i++) {
        gw.control().create(routes, "{\"routeKey\":\"GET /" + i + "\"}");
      }
    }
  }

  @Test
  void anIssuerIsFoundWhereTheConfigurationSays() throws Exception {
    String document =
        "{\"issuer\":\"https://login.invalid\",\"jwks_uri\":\"https://login.invalid/keys\"}";
    try (Backend issuer = Backend.start(exchange -> Backend.text(exchange, 200, document));
        RunningGatehouse gw = start("issuers: {'https://login.invalid': '" + issuer.url() + "'}");
        HttpApi api = HttpApi.create(gw)) {
      String authorizers = api.path("/authorizers");
      assertThat(gw.control().post(authorizers, jwt("https://other.invalid")).status())
          .isEqualTo(400);
      JsonNode authorizer = gw.control().create(authorizers, jwt("https://login.invalid"));
      assertThat(issuer.taken().target()).isEqualTo("/.well-known/openid-configuration");

      gw.control()
          .create(
              api.path("/routes"),
              """
              {"routeKey":"GET /x","target":"integrations/%s","authorizationType":"JWT",
               "authorizerId":"%s"}
              """
                  .formatted(api.url(issuer.url()), authorizer.path("authorizerId").asString()));
      api.serve();
      assertThat(api.get("/x", "Authorization: Bearer " + unsignedToken()).status()).isEqualTo(401);
      assertThat(issuer.taken().target()).isEqualTo("/.well-known/openid-configuration");
    }
  }

  /** Good enough for the gateway to ask for the key that it would be signed with. */
  private static String unsignedToken() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String claims = "{\"iss\":\"https://login.invalid\",\"aud\":\"a\",\"exp\":4102444800}";
    return Stream.of("{\"alg\":\"RS256\",\"kid\":\"k\"}", claims, "no signature")
        .map(part -> base64.encodeToString(part.getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.joining("."));
  }

  private static String jwt(String issuer) {
    return """
    {"name":"%s","authorizerType":"JWT","identitySource":["$request.header.Authorization"],
     "jwtConfiguration":{"issuer":"%1$s","audience":["a"]}}
    """
        .formatted(issuer);
  }

  @Test
  void aFunctionRunsOnTheConfiguredJdk() throws Exception {
    Path jdk =
        Files.createSymbolicLink(
            directory.resolve("jdk"), Path.of(System.getProperty("java.home")));
    try (RunningGatehouse gw = start("runtimes: {java25: jdk}");
        LambdaClient lambda = gw.lambda()) {
      Functions.create(lambda, "where", Probe.class, 20);
      lambda.invoke(r -> r.functionName("where").payload(SdkBytes.fromUtf8String("{}")));
      List<String> commands =
          gw.process().descendants().map(child -> commandLine(child.pid())).toList();
      assertThat(commands).anyMatch(command -> command.contains(jdk + "/bin/java"));
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", "" + pid, "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  @Test
  void aWrongConfigurationStopsTheStartAndSaysWhere() throws Exception {
    assertStopped("listen: {port: high}", "listen.port: expected a whole number");
    assertStopped("held_bodies: 1GiB", "held_bodies is not known; write held-bodies");
    assertStopped("listen: {address: 0.0.0.0}", "set auth: verify");
  }

  private void assertStopped(String configuration, String message) throws Exception {
    Path file = Files.writeString(directory.resolve("wrong.yaml"), configuration);
    Program.Result result =
        Program.run(
            directory,
            Map.of(),
            RunningGatehouse.launcher().toString(),
            "serve",
            "--port",
            "0",
            "--data",
            directory.resolve("unused").toString(),
            "--config",
            file.toString());
    assertThat(result.exit()).as(result.output()).isEqualTo(2);
    assertThat(result.output()).contains(message).hasLineCount(1);
  }
}
