package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The scripts of the image pipeline, as shipped in the distribution, with the AWS CLI. */
@TestInstance(Lifecycle.PER_CLASS)
class ImagePipelineScriptsIT {
  private static final Path PIPELINE =
      Path.of(System.getProperty("gatehouse.home", "../dist/target/gatehouse"))
          .resolve("examples/image-pipeline")
          .toAbsolutePath()
          .normalize();

  /** What the AWS CLI is given at a time, since it asks for no number. */
  private static final int PAGE = 25;

  @TempDir static Path folder;
  private RunningGatehouse gatehouse;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeAll
  void start() throws Exception {
    gatehouse = RunningGatehouse.start(folder.resolve("data"));
    settings.put("DDN_ENV_FILE", PIPELINE.resolve("script/.env.example").toString());
    settings.put("AWS_ENDPOINT_URL", gatehouse.url().toString());
    settings.put("DDN_ALB_DNS", "127.0.0.1:" + freePort());
    settings.put("XDG_STATE_HOME", folder.resolve("state").toString());
  }

  @AfterAll
  void stop() throws Exception {
    run("ecs_99_delete_service.sh");
    gatehouse.close();
  }

  @Test
  void fromNothingToAServedPipelineAndBack() throws Exception {
    prepare();
    String endpoint = create();
    transfer(endpoint, "apigw_51_upload_localimage.sh", "apigw_52_download_image.sh");
    transfer(endpoint, "UploadLocalImage.java", "DownloadImage.java");
    process(endpoint);
    takeDown();
  }

  private void prepare() throws Exception {
    assertDone(run("apigw_99_cleanup.sh"), "nothing to delete", "nothing to remove");
    assertRefused(run("apigw_00_create_api.sh"), "no function presign", "lambda_01");
    assertDone(run("lambda_01_create_function.sh"), "presign created");
    assertDone(run("lambda_01_create_function.sh"), "presign exists", "left alone");
    assertRefused(run("apigw_00_create_api.sh"), "no load balancer answers", "ecs_05");
    assertThat(apis()).isEmpty();
    assertDone(run("ecs_05_create_service.sh"), "image service started");
    assertDone(run("ecs_05_create_service.sh"), "left alone");
  }

  private String create() throws Exception {
    Program.Result created = run("apigw_00_create_api.sh");
    assertDone(created, "GET /presign", "POST /presign", "GET /ping", "POST /invocations");
    assertDone(created, "apigateway-access", "$default");
    Matcher endpoint = Pattern.compile("endpoint +(\\S+)").matcher(created.output());
    assertThat(endpoint.find()).isTrue();
    Program.Result again = run("apigw_00_create_api.sh");
    assertDone(again, "left alone", endpoint.group(1));
    assertThat(apis()).hasSize(1);
    return endpoint.group(1);
  }

  private void transfer(String endpoint, String upload, String download) throws Exception {
    Map<String, String> more =
        Map.of("DDN_APIGW_ENDPOINT", endpoint, "DDN_TEST_IMAGE_KEY", "a b/" + upload + ".png");
    assertRefused(run(more, download), "no object a b/" + upload + ".png", "upload it first");
    assertDone(run(more, upload), "uploaded", " ms");
    assertDone(run(more, download), "downloaded", " ms");
    assertThat(folder.resolve("downloaded-" + upload + ".png"))
        .hasSameBinaryContentAs(PIPELINE.resolve("images/harbour.png"));
  }

  /** The endpoint works from curl, Python and Java. */
  private void process(String endpoint) throws Exception {
    Program.Result curl = Program.run(folder, Map.of(), "curl", "-sf", endpoint + "/ping");
    assertThat(curl.output()).isEqualTo("{\"status\":\"ok\"}");
    String python =
        "import urllib.request; print(urllib.request.urlopen('" + endpoint + "/ping').read())";
    assertDone(Program.run(folder, Map.of(), "/usr/bin/python3", "-c", python), "ok");
    String image = "a b/UploadLocalImage.java.png";
    try (HttpClient http = HttpClient.newHttpClient();
        var s3 = gatehouse.s3()) {
      HttpRequest invocation =
          HttpRequest.newBuilder(URI.create(endpoint + "/invocations"))
              .POST(BodyPublishers.ofString("{\"image\":\"" + image + "\",\"result\":\"out.png\"}"))
              .build();
      HttpResponse<String> answer = http.send(invocation, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      byte[] result =
          s3.getObjectAsBytes(get -> get.bucket("image-pipeline-000000000000").key("out.png"))
              .asByteArray();
      assertThat(ImageIO.read(new ByteArrayInputStream(result)).getWidth()).isEqualTo(320);
    }
  }

  private void takeDown() throws Exception {
    assertDone(run("apigw_99_cleanup.sh"), "deleted", "apigateway-access removed");
    assertThat(apis()).isEmpty();
    try (LambdaClient lambda = gatehouse.lambda()) {
      assertThatThrownBy(() -> lambda.getPolicy(get -> get.functionName("presign")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
    assertDone(run("ecs_99_delete_service.sh"), "stopped");
    assertDone(run("ecs_99_delete_service.sh"), "nothing to stop");
  }

  @Test
  void cleanupDeletesEveryApiOfThatNameAndNoOther() throws Exception {
    Map<String, String> more = Map.of("DDN_APIGW_NAME", "one of 'many'");
    try (ApiGatewayV2Client client = gatehouse.apis()) {
      create(client, "one of");
      IntStream.range(0, PAGE).forEach(i -> create(client, "many"));
      int named = 0;
      do {
        create(client, "one of 'many'");
        named++;
      } while (onFirstPage(client, "one of 'many'") == named);
    }
    assertDone(run(more, "apigw_99_cleanup.sh"), "deleted");
    assertThat(apis())
        .extracting(Api::name)
        .contains("one of", "many")
        .doesNotContain("one of 'many'");
    try (ApiGatewayV2Client client = gatehouse.apis()) {
      apis().stream()
          .filter(api -> Set.of("one of", "many").contains(api.name()))
          .forEach(api -> client.deleteApi(delete -> delete.apiId(api.apiId())));
    }
  }

  private static long onFirstPage(ApiGatewayV2Client client, String name) {
    return client.getApis(get -> get.maxResults("" + PAGE)).items().stream()
        .filter(api -> api.name().equals(name))
        .count();
  }

  @Test
  void whatIsMissingIsNamedInOneLine() throws Exception {
    Map<String, String> bare = new HashMap<>(settings);
    bare.put("DDN_ENV_FILE", Files.createFile(folder.resolve("empty.env")).toString());
    for (String script : List.of("apigw_51_upload_localimage.sh", "UploadLocalImage.java")) {
      assertRefused(runWith(bare, script), "DDN_APIGW_ENDPOINT is not set");
      Map<String, String> unreachable = Map.of("DDN_APIGW_ENDPOINT", Backend.dead());
      assertRefused(run(unreachable, script), "nothing answers at DDN_APIGW_ENDPOINT");
      Map<String, String> fileless =
          Map.of("DDN_APIGW_ENDPOINT", Backend.dead(), "DDN_TEST_IMAGE_PATH", "none.png");
      assertRefused(run(fileless, script), "no file", "none.png");
    }
    assertRefused(runWith(bare, "apigw_00_create_api.sh"), "DDN_APIGW_NAME is not set");
    Map<String, String> nobody = Map.of("AWS_ENDPOINT_URL", Backend.dead());
    assertRefused(run(nobody, "apigw_00_create_api.sh"), "nothing answers at AWS_ENDPOINT_URL");
  }

  @Test
  void expiredUrlIsCalledExpired() throws Exception {
    URI expired = expired("bucket-of-old-urls");
    Map<String, String> more = Map.of("DDN_APIGW_ENDPOINT", Backend.dead());
    for (String script : List.of("apigw_51_upload_localimage.sh", "UploadLocalImage.java")) {
      assertRefused(run(more, script, expired.toString()), "URL has expired");
    }
  }

  /** A presigned URL for an upload that is not taken any more. */
  private URI expired(String bucket) throws Exception {
    try (var s3 = gatehouse.s3();
        HttpClient http = HttpClient.newHttpClient();
        S3Presigner presigner =
            S3Presigner.builder()
                .endpointOverride(gatehouse.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
      s3.createBucket(create -> create.bucket(bucket));
      URI url =
          presigner
              .presignPutObject(put ->
                  put.signatureDuration(Duration.ofSeconds(1))
                      .putObjectRequest(object -> object.bucket(bucket).key("old.png")))
              .url()
              .toURI();
      HttpRequest put = HttpRequest.newBuilder(url).PUT(BodyPublishers.noBody()).build();
      return Eventually.eventually(
          "expired",
          Duration.ofSeconds(30),
          () ->
              http.send(put, BodyHandlers.discarding()).statusCode() == 403
                  ? Optional.of(url)
                  : Optional.empty());
    }
  }

  private static void create(ApiGatewayV2Client client, String name) {
    client.createApi(create -> create.name(name).protocolType(ProtocolType.HTTP));
  }

  private List<Api> apis() {
    try (ApiGatewayV2Client client = gatehouse.apis()) {
      return client.getApis(get -> get.maxResults("500")).items();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Program.Result run(String script) throws Exception {
    return runWith(settings, script);
  }

  private Program.Result run(Map<String, String> more, String script, String... arguments)
      throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putAll(more);
    return runWith(environment, script, arguments);
  }

  private Program.Result runWith(
      Map<String, String> environment, String script, String... arguments) throws Exception {
    String path = PIPELINE.resolve("script").resolve(script).toString();
    List<String> command = new ArrayList<>();
    if (script.endsWith(".java")) {
      command.add(java().toString());
    }
    command.add(path);
    command.addAll(List.of(arguments));
    return Program.run(folder, environment, command.toArray(String[]::new));
  }

  /** The machine's default java, which may be a 17; ours where it has none. */
  private static Path java() {
    Path usual = Path.of("/usr/bin/java");
    return Files.isExecutable(usual) ? usual : Path.of(System.getProperty("java.home"), "bin/java");
  }

  private static void assertDone(Program.Result result, String... parts) {
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output()).contains(parts);
  }

  private static void assertRefused(Program.Result result, String... parts) {
    assertThat(result.exit()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains(parts).hasLineCount(1);
  }
}
