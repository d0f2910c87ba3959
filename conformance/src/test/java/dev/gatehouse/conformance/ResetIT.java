package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Everything reset between two tests of a suite, on a server of its own. */
class ResetIT {
  private static final String PATH = "/_gatehouse/reset";
  private static final String OTHER_ACCOUNT = "111122220501";

  @TempDir Path directory;

  @Test
  void aResetLeavesNothingOfAnyAccountAndTheServerGoesOn() throws Exception {
    Path data = directory.resolve("data");
    try (RunningGatehouse gw = RunningGatehouse.start(data);
        LambdaClient lambda = gw.lambda();
        S3Client s3 = gw.s3();
        HttpApi other = HttpApi.create(new Control(gw.http(), OTHER_ACCOUNT));
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.function(Functions.create(lambda, "gone", Probe.class, 20)), "$default");
      Functions.open(lambda, "gone");
      api.serve();
      assertThat(api.get("/x").status()).isEqualTo(200);
      s3.createBucket(r -> r.bucket("gone-bucket"));
      s3.putObject(r -> r.bucket("gone-bucket").key("a/b"), RequestBody.fromString("hello"));

      Reply reply = gw.control().post(PATH, "");
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      assertThat(reply.json().path("deletedResources").asInt(0)).isGreaterThan(5);

      assertThat(gw.control().get("/v2/apis").json().path("items").isEmpty()).isTrue();
      Control others = new Control(gw.http(), OTHER_ACCOUNT);
      assertThat(others.get(other.path("")).status()).isEqualTo(404);
      assertThat(api.get("/x").status()).isEqualTo(404);
      assertThat(lambda.listFunctions().functions()).isEmpty();
      assertThat(archives(data)).isEmpty();
      assertThat(s3.listBuckets().buckets()).isEmpty();
      assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("gone-bucket")))
          .isInstanceOf(NoSuchBucketException.class);

      assertWorksAgain(gw, lambda, s3);
    }
  }

  /** The same names once more: nothing of the first round is in their way. */
  private static void assertWorksAgain(RunningGatehouse gw, LambdaClient lambda, S3Client s3)
      throws Exception {
    s3.createBucket(r -> r.bucket("gone-bucket"));
    assertThat(s3.listObjectsV2(r -> r.bucket("gone-bucket")).contents()).isEmpty();
    try (HttpApi again = HttpApi.create(gw)) {
      again.routes(again.function(Functions.create(lambda, "gone", Probe.class, 20)), "$default");
      again.serve();
      assertThat(again.get("/x").status()).as("without a permission").isEqualTo(500);
      Functions.open(lambda, "gone");
      assertThat(again.get("/x").status()).isEqualTo(200);
    }
  }

  private static List<Path> archives(Path data) throws Exception {
    try (Stream<Path> files = Files.walk(data.resolve("functions"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void onlyASignedPostThatNoWebPageSentResets() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        HttpApi api = HttpApi.create(gw)) {
      Control control = gw.control();
      assertThat(gw.http().send("POST", PATH, "").status()).isEqualTo(403);
      for (String line :
          List.of(
              "Origin: http://localhost:3000",
              "Origin: null",
              "Sec-Fetch-Site: cross-site",
              "Host: evil.example")) {
        List<String> headers = new ArrayList<>(control.signed("apigateway"));
        headers.add(line);
        Reply reply = gw.http().send("POST", PATH, "", headers.toArray(String[]::new));
        assertThat(reply.status()).as(line).isEqualTo(403);
      }
      assertThat(control.get(PATH).status()).isEqualTo(405);
      assertThat(control.post(PATH + "/", "").status()).isEqualTo(404);
      assertThat(control.get(api.path("")).status()).isEqualTo(200);
    }
  }
}
