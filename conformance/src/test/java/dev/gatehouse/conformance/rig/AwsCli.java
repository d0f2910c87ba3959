package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The unmodified AWS CLI, version 2, pointed at a server. */
public final class AwsCli {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test",
          "AWS_DEFAULT_REGION", "us-east-1",
          "AWS_CONFIG_FILE", "/dev/null",
          "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
          "AWS_EC2_METADATA_DISABLED", "true",
          "AWS_PAGER", "");

  /** The one of this machine; to ask it for its version takes as long as a call. */
  private static @Nullable Path found;

  private final URI endpoint;
  private final Path executable;

  AwsCli(URI endpoint) throws Exception {
    this.endpoint = endpoint;
    this.executable = executable();
  }

  /** What a run left. */
  public record Result(int exit, String out, String err) {}

  /** Runs {@code aws} with arguments. */
  public Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of("--endpoint-url", endpoint.toString(), "--output", "json"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs {@code aws}, which must succeed, and reads what it prints. */
  public JsonNode json(String... arguments) throws Exception {
    Result result = run(arguments);
    assertThat(result.exit()).as("aws %s: %s", List.of(arguments), result).isZero();
    return Reply.parse(result.out().isBlank() ? "{}" : result.out());
  }

  private static Result run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(SETTINGS);
    Process process = builder.redirectInput(new File("/dev/null")).start();
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    return new Result(process.waitFor(), out, err.join());
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first {@code aws} of the path that is a version 2: wrappers of other tools may hide it. */
  private static synchronized Path executable() throws Exception {
    Path known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private static Path find() throws Exception {
    List<Path> candidates =
        Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/bin"))
            .map(directory -> Path.of(directory, "aws"))
            .filter(Files::isExecutable)
            .toList();
    for (Path candidate : candidates) {
      Result version = run(List.of(candidate.toString(), "--version"));
      if (version.exit() == 0 && version.out().startsWith("aws-cli/2")) {
        return candidate;
      }
    }
    throw new AssertionError("The AWS CLI 2 is not on the path: apt-get install awscli");
  }
}
