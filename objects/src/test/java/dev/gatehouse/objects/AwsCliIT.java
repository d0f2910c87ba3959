package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified AWS CLI, and curl with a URL that it presigned. */
final class AwsCliIT {
  @TempDir Path data;

  private record Result(int status, String output) {}

  /** Debian's own, since a shim of the same name may stand before it. */
  private static String aws() {
    return Stream.of("/usr/bin/aws", "/usr/local/bin/aws")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse("aws");
  }

  private Result run(RunningStore store, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_DEFAULT_REGION", "eu-central-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", data.resolve("none").toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private String s3(RunningStore store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(aws(), "--endpoint-url", "" + store.endpoint()));
    command.addAll(List.of(arguments));
    Result result = run(store, command.toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void theCommandLineWorks() throws Exception {
    try (RunningStore store = new RunningStore(data)) {
      Path small = data.resolve("small file.txt");
      Files.writeString(small, "small");
      Path large = data.resolve("large.bin");
      Files.write(large, random());
      s3(store, "s3", "mb", "s3://photos");
      s3(store, "s3", "cp", small.toString(), "s3://photos/a folder/small+file.txt");
      s3(store, "s3", "cp", large.toString(), "s3://photos/large.bin");
      s3(store, "s3api", "put-object", "--bucket", "photos", "--key", "k", "--body", "" + small);
      assertThat(s3(store, "s3", "ls", "--recursive", "s3://photos"))
          .contains("a folder/small+file.txt", "large.bin", " k\n");
      Path back = data.resolve("back.bin");
      s3(store, "s3", "cp", "s3://photos/large.bin", back.toString());
      assertThat(Files.mismatch(large, back)).isEqualTo(-1);
      String url = s3(store, "s3", "presign", "s3://photos/a folder/small+file.txt").strip();
      assertThat(run(store, "curl", "-sS", url)).isEqualTo(new Result(0, "small"));
      assertThat(run(store, "curl", "-sS", url + "0").output()).contains("<Code>");
      Path synced = Files.createDirectories(data.resolve("synced/below"));
      Files.writeString(synced.resolve("a.txt"), "a");
      Files.writeString(synced.resolve("b.txt"), "b");
      // buckets know whole seconds: what was written in the second of its upload looks newer
      FileTime before = FileTime.from(Instant.now().minusSeconds(60));
      Files.setLastModifiedTime(synced.resolve("b.txt"), before);
      s3(store, "s3", "sync", "" + synced.getParent(), "s3://photos/synced");
      Files.writeString(synced.resolve("a.txt"), "changed");
      assertThat(s3(store, "s3", "sync", "" + synced.getParent(), "s3://photos/synced"))
          .contains("a.txt")
          .doesNotContain("b.txt");
      Path copy = data.resolve("copy");
      s3(store, "s3", "sync", "s3://photos/synced", "" + copy);
      assertThat(copy.resolve("below/a.txt")).hasContent("changed");
      assertThat(copy.resolve("below/b.txt")).hasContent("b");
      s3(store, "s3", "rm", "--recursive", "s3://photos");
      s3(store, "s3", "rb", "s3://photos");
      assertThat(s3(store, "s3", "ls")).isBlank();
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[20 * 1024 * 1024];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
