package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/** Functions as people have them, from npm and from Debian's Python, unchanged. */
class RealFunctionsIT {
  private static final Path PIPELINE = Path.of("../examples/image-pipeline");

  @TempDir Path directory;

  @Test
  void anExpressApplicationServesAnApi() throws Exception {
    Path app = directory.resolve("express");
    Files.createDirectories(app);
    Files.copy(Path.of("src/test/resources/functions/express/index.js"), app.resolve("index.js"));
    npm(app, "express@5.3.0", "serverless-http@4.0.0");
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        String arn =
            Functions.create(
                lambda,
                "express",
                Functions.installed("node"),
                "index.handler",
                Archive.of(app),
                Map.of());
        Functions.open(lambda, "express");
        api.routes(api.function(arn), "$default");
        api.serve("$default");

        Reply pet = api.get("/pets/rex?a=1&a=2");
        assertThat(pet.status()).as("%s", pet).isEqualTo(200);
        assertThat(pet.header("x-pet")).hasValue("rex");
        assertThat(pet.header("set-cookie").orElse("")).startsWith("seen=yes");
        assertThat(pet.json().path("id").asString()).isEqualTo("rex");
        assertThat(api.get("/nothing").status()).isEqualTo(404);
        assertThat(api.get("/bytes").body()).containsExactly(0, 255, 1);
        lambda.deleteFunction(r -> r.functionName("express"));
      }
    });
  }

  @Test
  void presignIsTheSameInJavaPythonAndNode() throws Exception {
    Path node = directory.resolve("node");
    Files.createDirectories(node);
    Files.copy(PIPELINE.resolve("presign-node/presign.mjs"), node.resolve("presign.mjs"));
    npm(node, "@aws-sdk/client-s3@3.1169.0", "@aws-sdk/s3-request-presigner@3.1162.0");
    byte[] java = Files.readAllBytes(PIPELINE.resolve("presign/target/presign.zip"));
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          S3Client s3 = gw.s3()) {
        s3.createBucket(b -> b.bucket("presigned"));
        Map<String, String> variables = Map.of("BUCKET", "presigned");
        Functions.create(
            lambda,
            "presign-java",
            "java25",
            "dev.gatehouse.example.presign.PresignHandler",
            java,
            variables);
        Functions.create(
            lambda,
            "presign-python",
            Functions.installed("python3"),
            "presign.handler",
            Archive.of(PIPELINE.resolve("presign-python")),
            variables);
        Functions.create(
            lambda,
            "presign-node",
            Functions.installed("node"),
            "presign.handler",
            Archive.of(node),
            variables);
        for (String event : EVENTS) {
          List<Map<String, String>> answers =
              List.of(
                  shape(invoke(lambda, "presign-java", event)),
                  shape(invoke(lambda, "presign-python", event)),
                  shape(invoke(lambda, "presign-node", event)));
          assertThat(answers.get(1)).as(event).isEqualTo(answers.get(0));
          assertThat(answers.get(2)).as(event).isEqualTo(answers.get(0));
        }
        for (String name : List.of("presign-java", "presign-python", "presign-node")) {
          assertUsable(lambda, name);
          lambda.deleteFunction(r -> r.functionName(name));
        }
      }
    });
  }

  private static final List<String> EVENTS =
      List.of(
          "{\"queryStringParameters\":{\"mode\":\"upload\",\"file\":\"a.png\"}}",
          "{\"queryStringParameters\":{\"mode\":\"download\",\"file\":\"b/c d+é.png\"}}",
          "{\"body\":\"{\\\"mode\\\":\\\"upload\\\",\\\"file\\\":\\\"x\\\"}\"}",
          "{\"isBase64Encoded\":true,\"body\":\"eyJtb2RlIjoiZG93bmxvYWQiLCJmaWxlIjoieSJ9\"}",
          "{\"body\":\"no json\"}",
          "{\"queryStringParameters\":{\"mode\":\"upload\"}}",
          "{\"queryStringParameters\":{\"mode\":\"other\",\"file\":\"x\"}}",
          "{}");

  /** An answer without what differs from call to call: signature, time and credentials. */
  private static Map<String, String> shape(JsonNode answer) {
    Map<String, String> shape = new TreeMap<>();
    shape.put("status", answer.path("statusCode").toString());
    answer.path("headers").forEachEntry((name, value) -> shape.put(name, value.asString()));
    JsonNode body = Reply.parse(answer.path("body").asString());
    shape.put("message", body.path("message").asString(""));
    if (body.has("url")) {
      URI url = URI.create(body.path("url").asString());
      shape.put("place", url.getScheme() + "://" + url.getAuthority() + url.getRawPath());
      for (String parameter : url.getRawQuery().split("&")) {
        String name = parameter.split("=", 2)[0];
        boolean own =
            name.matches(
                "X-Amz-(Signature|Date|Credential|Security-Token)|x-id|X-Amz-Content-Sha256");
        shape.put(
            name.equals("x-id") || name.equals("X-Amz-Content-Sha256") ? "own" : name,
            own ? "…" : parameter);
      }
      shape.remove("own");
    }
    return shape;
  }

  /** A file goes up by one URL and comes down by another. */
  private static void assertUsable(LambdaClient lambda, String name) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> put =
        client.send(
            HttpRequest.newBuilder(url(lambda, name, "upload"))
                .PUT(HttpRequest.BodyPublishers.ofString("by " + name))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    HttpResponse<String> got =
        client.send(
            HttpRequest.newBuilder(url(lambda, name, "download")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(got.body()).isEqualTo("by " + name);
  }

  private static URI url(LambdaClient lambda, String name, String mode) {
    String event =
        "{\"queryStringParameters\":{\"mode\":\"" + mode + "\",\"file\":\"" + name + ".txt\"}}";
    return URI.create(
        Reply.parse(invoke(lambda, name, event).path("body").asString()).path("url").asString());
  }

  @Test
  void aFunctionOfAnotherServerServesAnApiOfThisOne() throws Exception {
    try (RunningGatehouse there =
        RunningGatehouse.start(
            directory.resolve("there"),
            "auth: verify\nkeys: [{id: AKIATHERE, secret: s3cret}]\n")) {
      String configuration =
          "functions: {endpoints: [{functions: 'arn:aws:lambda:us-east-1:000000000000:function:far-*', url: '"
              + there.url()
              + "', id: AKIATHERE, secret: s3cret}]}\n";
      try (RunningGatehouse here =
              RunningGatehouse.start(directory.resolve("here"), configuration);
          LambdaClient lambda = there.lambda("AKIATHERE", "s3cret");
          HttpApi api = HttpApi.create(here)) {
        Path app = Files.createDirectories(directory.resolve("far"));
        Files.writeString(
            app.resolve("app.py"),
            "def handler(e, c):\n  if e['rawPath'] == '/fail': raise ValueError('x')\n  return e['rawPath']\n");
        String arn =
            Functions.create(
                lambda,
                "far-away",
                Functions.installed("python3"),
                "app.handler",
                Archive.of(app),
                Map.of());
        api.routes(api.function(arn), "GET /x", "GET /fail");
        api.routes(api.function(arn.replace("far-away", "far-missing")), "GET /missing");
        api.routes(api.function(arn + ":live"), "GET /alias");
        api.routes(api.function(arn + ":9"), "GET /version");
        api.serve("$default");
        assertThat(api.get("/x").text()).isEqualTo("/x");
        assertThat(api.get("/fail").status()).isEqualTo(500);
        assertThat(api.get("/missing").status()).isEqualTo(500);
        lambda.publishVersion(r -> r.functionName("far-away"));
        lambda.createAlias(r -> r.functionName("far-away").name("live").functionVersion("1"));
        assertThat(api.get("/alias").text()).isEqualTo("/alias");
        assertThat(api.get("/version").status()).isEqualTo(500);
        lambda.putFunctionConcurrency(
            r -> r.functionName("far-away").reservedConcurrentExecutions(0));
        assertThat(api.get("/x").status()).isEqualTo(503); // as for a function of its own
        lambda.deleteFunctionConcurrency(r -> r.functionName("far-away"));
        assertThat(api.get("/x").text()).isEqualTo("/x");
        there.kill();
        Reply gone = api.get("/x");
        assertThat(gone.status()).isEqualTo(500);
        assertThat(gone.text()).isEqualTo("{\"message\":\"Internal Server Error\"}");
      }
    }
  }

  private static JsonNode invoke(LambdaClient lambda, String name, String event) {
    InvokeResponse answer =
        lambda.invoke(r -> r.functionName(name).payload(SdkBytes.fromUtf8String(event)));
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    return Reply.parse(answer.payload().asUtf8String());
  }

  private static void npm(Path directory, String... packages) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("npm", "install", "--no-audit", "--no-fund", "--no-save", "--no-package-lock"));
    command.addAll(Arrays.asList(packages));
    run(directory, command);
  }

  private static String run(Path directory, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
