package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.State;

class FunctionCallsTest {
  @TempDir static Path data;
  private static LambdaServer server;
  private static byte[] echo;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.start(data);
    echo = HandlerZip.stream("in.transferTo(out);");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void createAnswersPendingWithAwsDefaultsAndGetAnswersActive() {
    CreateFunctionResponse created =
        server
            .client()
            .createFunction(request ->
                request
                    .functionName("defaults")
                    .role(LambdaServer.ROLE)
                    .runtime("java25")
                    .handler("example.Handler")
                    .tags(Map.of("team", "a"))
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(echo))));

    assertThat(created.state()).isEqualTo(State.PENDING);
    assertThat(created.stateReason()).isEqualTo("The function is being created.");
    assertThat(created.functionArn())
        .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:defaults");
    assertThat(created.memorySize()).isEqualTo(128);
    assertThat(created.timeout()).isEqualTo(3);
    assertThat(created.codeSize()).isEqualTo(echo.length);
    assertThat(created.version()).isEqualTo("$LATEST");
    assertThat(created.architecturesAsStrings()).containsExactly("x86_64");
    assertThat(created.ephemeralStorage().size()).isEqualTo(512);
    assertThat(created.tracingConfig().modeAsString()).isEqualTo("PassThrough");
    assertThat(created.loggingConfig().logGroup()).isEqualTo("/aws/lambda/defaults");
    assertThat(created.lastModified()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}\\+0000");
    var got = server.client().getFunction(request -> request.functionName("defaults"));
    assertThat(got.configuration().state()).isEqualTo(State.ACTIVE);
    assertThat(got.configuration().revisionId()).isEqualTo(created.revisionId());
    assertThat(got.tags()).containsExactly(Map.entry("team", "a"));
    assertThat(got.code().repositoryType()).isEqualTo("S3");
  }

  @Test
  void aNameIsTakenOnce() {
    server.create("taken", echo);

    refused(() -> server.create("taken", echo), 409, "Function already exist: taken");
  }

  @Test
  void everyFormOfTheNameFindsTheFunction() {
    server.create("forms", echo);
    String arn = "arn:aws:lambda:us-east-1:123456789012:function:forms";

    for (String form :
        new String[] {"forms", "123456789012:function:forms", arn, arn + ":$LATEST"}) {
      assertThat(server.client().getFunctionConfiguration(r -> r.functionName(form)).functionArn())
          .isEqualTo(form.endsWith("$LATEST") ? form : arn);
    }
    refused(
        () -> get("arn:aws:lambda:eu-west-1:123456789012:function:forms"),
        404,
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
    refused(
        () -> get("999999999999:function:forms"),
        403,
        "User: arn:aws:iam::123456789012:root is not authorized to perform:"
            + " lambda:GetFunctionConfiguration");
    refused(() -> get("no such name"), 400, "1 validation error detected: Value 'no such name'");
    refused(
        () -> server.client().getFunction(r -> r.functionName(arn + ":1").qualifier("2")),
        400,
        "The derived qualifier from the function name does not match the specified qualifier.");
  }

  @Test
  void functionsAreListedInPages() {
    Stream.of("page-a", "page-b", "page-c").forEach(name -> server.create(name, echo));

    var pages = server.client().listFunctionsPaginator(request -> request.maxItems(2));

    assertThat(pages.functions().stream().map(FunctionConfiguration::functionName))
        .contains("page-a", "page-b", "page-c")
        .doesNotHaveDuplicates();
    assertThat(pages.stream().allMatch(page -> page.functions().size() <= 2)).isTrue();
  }

  @Test
  void newCodeRunsAtTheNextInvocationAndTheOldIsRemoved() throws Exception {
    server.create("renewed", HandlerZip.stream("out.write('1');"));
    assertThat(server.invoke("renewed", "{}").payload().asUtf8String()).isEqualTo("1");

    byte[] second = HandlerZip.stream("out.write('2');");
    server
        .client()
        .updateFunctionCode(r -> r.functionName("renewed").zipFile(SdkBytes.fromByteArray(second)));

    assertThat(server.invoke("renewed", "{}").payload().asUtf8String()).isEqualTo("2");
    Path home = data.resolve("functions/123456789012/us-east-1/renewed");
    Eventually.holds("one archive is left", () -> home.toFile().list().length == 1);
  }

  @Test
  void newSettingsHoldAtTheNextInvocationAndTheOthersStay() {
    server.create(
        "tuned", HandlerZip.stream("out.write((System.getenv(\"COLOR\") + \"\").getBytes());"));
    assertThat(server.invoke("tuned", "{}").payload().asUtf8String()).isEqualTo("null");

    server
        .client()
        .updateFunctionConfiguration(
            r -> r.functionName("tuned").environment(e -> e.variables(Map.of("COLOR", "12"))));

    assertThat(server.invoke("tuned", "{}").payload().asUtf8String()).isEqualTo("12");
    assertThat(get("tuned").memorySize()).isEqualTo(256);
  }

  @Test
  void aDeletedFunctionIsGoneWithItsCode() throws Exception {
    server.create("deleted", echo);
    server.invoke("deleted", "{}");

    server.client().deleteFunction(request -> request.functionName("deleted"));

    refused(
        () -> get("deleted"),
        404,
        "Function not found: arn:aws:lambda:us-east-1:123456789012:function:deleted");
    refused(() -> server.client().deleteFunction(r -> r.functionName("deleted")), 404, "Function");
    Path home = data.resolve("functions/123456789012/us-east-1/deleted");
    Eventually.holds("its code is gone", () -> home.toFile().list().length == 0);
  }

  @Test
  void settingsOutOfBoundsAreRefusedWithAwsTexts() {
    bad(
        r -> r.timeout(901),
        "Value '901' at 'timeout' failed to satisfy constraint: Member must"
            + " have value less than or equal to 900");
    bad(
        r -> r.timeout(0),
        "Value '0' at 'timeout' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1");
    bad(r -> r.memorySize(127), "Value '127' at 'memorySize'");
    bad(r -> r.memorySize(10241), "Value '10241' at 'memorySize'");
    bad(
        r -> r.role(null),
        "Value null at 'role' failed to satisfy constraint: Member must not be null");
    bad(r -> r.role("me"), "Value 'me' at 'role'");
    bad(r -> r.handler(null), "Runtime and Handler are mandatory parameters for functions created");
    bad(r -> r.runtime("cobol85"), "Value cobol85 at 'runtime' failed to satisfy constraint");
    bad(
        r -> r.runtime("java11"),
        "The runtime java11 is not available on this machine: name a JDK from 17 on under");
    bad(r -> r.runtime("ruby3.3"), "The runtime ruby3.3 is not available");
    bad(
        r -> r.environment(e -> e.variables(Map.of("AWS_REGION", "x", "_HANDLER", "y"))),
        "Reserved keys used in this request: AWS_REGION, _HANDLER");
    bad(
        r -> r.environment(e -> e.variables(Map.of("LONG", "x".repeat(4096)))),
        "exceeded the 4KB limit");
    bad(
        r -> r.environment(e -> e.variables(Map.of("1st", "x"))),
        "Map keys must satisfy constraint");
    bad(
        r -> r.architecturesWithStrings("mips"),
        "Value '[mips]' at 'architectures' failed to satisfy constraint: Member must satisfy"
            + " constraint: [Member must satisfy enum value set: [x86_64, arm64]");
    bad(
        r -> r.architecturesWithStrings("x86_64", "arm64"),
        "Member must have length less than or equal to 1");
    bad(
        r -> r.packageType("Tar"),
        "at 'packageType' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [Zip, Image]");
    bad(r -> r.tracingConfig(t -> t.mode("x")), "enum value set: [Active, PassThrough]");
    bad(r -> r.snapStart(s -> s.applyOn("x")), "enum value set: [PublishedVersions, None]");
    bad(
        r -> r.functionName("f".repeat(141)),
        "at 'functionName' failed to satisfy constraint: Member must have length less than or"
            + " equal to 140");
    bad(r -> r.code(c -> c.s3Bucket("bucket").s3Key("key")), "S3 Error Code: NoSuchKey");
    bad(
        r -> r.code(c -> c.zipFile(SdkBytes.fromUtf8String("not a zip"))),
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  @Test
  void whatIsNotBuiltSaysSo() throws Exception {
    server.create("unbuilt", echo);
    notBuilt(
        () ->
            server
                .client()
                .createFunctionUrlConfig(r -> r.functionName("unbuilt").authType("NONE")),
        "CreateFunctionUrlConfig");
    notBuilt(() -> server.client().listEventSourceMappings(), "ListEventSourceMappings");
    notBuilt(
        () ->
            server.create(
                "image", echo, r -> r.packageType("Image").code(c -> c.imageUri("a/b:c"))),
        "CreateFunction with PackageType Image");
    HttpResponse<String> unknown =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.endpoint().resolve("/2015-03-31/nonsense")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("UnknownOperationException");
  }

  @Test
  void functionsSurviveARestart(@TempDir Path other) throws Exception {
    try (LambdaServer first = LambdaServer.start(other)) {
      first.create("stays", echo);
    }
    Path orphan = other.resolve("functions/123456789012/us-east-1/stays/incoming-x");
    Files.createDirectories(orphan);
    Path stranger = other.resolve("functions/123456789012/us-east-1/stranger/0ff/task");
    Files.createDirectories(stranger);

    try (LambdaServer second = LambdaServer.start(other)) {
      assertThat(second.invoke("stays", "7").payload().asUtf8String()).isEqualTo("7");
    }
    assertThat(orphan).doesNotExist();
    assertThat(stranger.getParent().getParent()).doesNotExist();
  }

  private static GetFunctionConfigurationResponse get(String name) {
    return server.client().getFunctionConfiguration(request -> request.functionName(name));
  }

  private static void bad(Consumer<CreateFunctionRequest.Builder> change, String text) {
    assertThatThrownBy(() -> server.create("bad", echo, change))
        .isInstanceOfSatisfying(
            LambdaException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorMessage()).contains(text);
            });
  }

  private static void notBuilt(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LambdaException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(501);
              assertThat(e.awsErrorDetails().errorMessage()).contains(what);
            });
  }

  private static void refused(ThrowingCallable call, int status, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LambdaException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorMessage()).startsWith(text);
            });
  }
}
