package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.SdkOperations;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every member of every Lambda call that is built, by the AWS SDK's model: it is kept and shown,
 * acts, or is refused by its name. The calls are in {@code every-lambda-member.txt}, those that are
 * refused with their status before them. A member that no call gives is a failure, so that none can
 * be dropped in silence.
 */
class EveryLambdaMemberIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ROLE = "arn:aws:iam::000000000000:role/every";
  private static final String CODE = "def b(e, c):\n  return [c.client_context.custom['x']]\n";

  /** Of a call, what a refused member is added to. */
  private static final String BASE =
      "{\"FunctionName\":\"refused\",\"Runtime\":\"$\",\"Role\":\"%\",\"Handler\":\"a.b\","
          + "\"Code\":{\"ZipFile\":\"@\"}}";

  /** Answers that have another structure of the same name. */
  private static final Set<String> TURNED =
      Set.of(
          "PublishLayerVersion.Content",
          "UpdateFunctionConfiguration.VpcConfig",
          "UpdateFunctionConfiguration.DeadLetterConfig");

  private final Set<String> covered = new TreeSet<>();
  private final Set<String> called = new TreeSet<>();

  @Test
  void everyMemberIsKeptActsOrIsRefused() throws Exception {
    withGatehouse((gw, http) -> {
      byte[] code = Archive.of(Map.of("a.py", CODE));
      try (LambdaClient lambda = gw.lambda();
          S3Client s3 = gw.s3()) {
        s3.createBucket(r -> r.bucket("every-member"));
        s3.putObject(r -> r.bucket("every-member").key("code.zip"), RequestBody.fromBytes(code));
        SdkOperations sdk = new SdkOperations(lambda);
        for (String line : script(code).lines().toList()) {
          take(sdk, List.of(line.split(" ")));
        }
        Set<String> missing = new TreeSet<>();
        for (String operation : called) {
          missing.addAll(sdk.members(operation));
        }
        missing.removeAll(covered);
        assertThat(missing).as("members that no call gives").isEmpty();
        s3.deleteObject(r -> r.bucket("every-member").key("code.zip"));
        s3.deleteBucket(r -> r.bucket("every-member"));
      }
    });
  }

  private static String script(byte[] code) throws Exception {
    try (InputStream in =
        EveryLambdaMemberIT.class.getResourceAsStream("/every-lambda-member.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return resolved(text, code).replace(" + {", " " + resolved(BASE, code) + " {");
    }
  }

  private static String resolved(String text, byte[] code) throws Exception {
    return text.replace("\"@\"", "\"" + Base64.getEncoder().encodeToString(code) + "\"")
        .replace("\"$\"", "\"" + Functions.installed("python3") + "\"")
        .replace("\"%", "\"" + ROLE);
  }

  /** A status where it is refused, the operation, and members, those of later objects added. */
  private void take(SdkOperations sdk, List<String> words) throws Exception {
    boolean refused = words.getFirst().matches("[0-9]+");
    String operation = words.get(refused ? 1 : 0);
    ObjectNode members = MAPPER.createObjectNode();
    for (String more : words.subList(refused ? 2 : 1, words.size())) {
      members.setAll((ObjectNode) MAPPER.readTree(more));
    }
    called.add(operation);
    covered.addAll(sdk.given(operation, members));
    if (refused) {
      refuses(sdk, operation, members, Integer.parseInt(words.getFirst()));
    } else {
      answers(operation, sdk.answers(operation), members, sdk.call(operation, members));
    }
  }

  private static void refuses(SdkOperations sdk, String operation, ObjectNode members, int status) {
    AssertionError failed =
        catchThrowableOfType(AssertionError.class, () -> sdk.call(operation, members));
    assertThat(failed).as("%s %s", operation, members).isNotNull();
    assertThat(failed.getCause()).isInstanceOf(AwsServiceException.class);
    AwsServiceException refusal = (AwsServiceException) failed.getCause();
    assertThat(refusal.statusCode()).as("%s %s", operation, refusal).isEqualTo(status);
    if (status == 501) {
      String last = new ArrayList<>(members.propertyNames()).getLast();
      String named = last.replaceFirst("X-Amz-", "").replace("-", "");
      Set<String> names = new TreeSet<>(members.path(last).propertyNames());
      names.add(named);
      assertThat(refusal.getMessage())
          .as("names one of %s", names)
          .matches(text -> names.stream().anyMatch(text::contains))
          .contains(operation + " with ");
    }
  }

  private static void answers(
      String operation, Set<String> known, ObjectNode given, ObjectNode answer) {
    given
        .properties()
        .forEach(member -> {
          String name = member.getKey();
          boolean said = !member.getValue().asString("x").isEmpty();
          if (said && known.contains(name) && !TURNED.contains(operation + "." + name)) {
            shows(operation + "." + name, answer.path(name), member.getValue());
          }
        });
  }

  /** What was given, within what came back; layers come back with more than their ARNs. */
  private static void shows(String at, JsonNode shown, JsonNode given) {
    if (given.isObject()) {
      given
          .properties()
          .forEach(
              each -> shows(at + "." + each.getKey(), shown.path(each.getKey()), each.getValue()));
    } else if (given.isArray()) {
      assertThat(shown).as(at).hasSameSizeAs(given);
      for (int i = 0; i < given.size(); i++) {
        JsonNode one = shown.get(i);
        shows(at, one.isObject() ? one.path("Arn") : one, given.get(i));
      }
    } else {
      assertThat(shown.asString()).as(at).isEqualTo(given.asString());
    }
  }
}
