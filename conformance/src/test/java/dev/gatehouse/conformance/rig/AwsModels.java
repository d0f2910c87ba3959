package dev.gatehouse.conformance.rig;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** AWS's own models of its services, as Debian's botocore has them. */
public final class AwsModels {
  private AwsModels() {}

  /**
   * What requests were, by those models.
   *
   * @param problems what AWS would not take
   * @param calls operations, such as {@code apigatewayv2.CreateApi}
   * @param own paths of Gatehouse's own
   */
  public record Judgement(List<String> problems, Set<String> calls, Set<String> own) {}

  /** Judges requests that were signed with one secret. */
  public static Judgement judge(List<SentRequest> requests, String secret) throws Exception {
    Path file = Files.createTempFile("gatehouse-sent-", ".jsonl");
    try {
      Files.write(file, requests.stream().map(SentRequest::json).toList());
      URL script = Objects.requireNonNull(AwsModels.class.getResource("/sent.py"));
      Program.Result result =
          Program.run(
              file.getParent(),
              Map.of(),
              "/usr/bin/python3",
              Path.of(script.toURI()).toString(),
              file.toString(),
              secret);
      if (result.exit() != 0) {
        throw new AssertionError(result.output());
      }
      JsonNode told = Reply.parse(result.output());
      return new Judgement(
          told.path("problems").valueStream().map(JsonNode::asString).toList(),
          new TreeSet<>(told.path("calls").propertyNames()),
          new TreeSet<>(told.path("own").propertyNames()));
    } finally {
      Files.delete(file);
    }
  }
}
