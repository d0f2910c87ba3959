package dev.gatehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a function's policy lets API Gateway do. Statements here are named by what they allow. */
record Permissions(Session session) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int DIGEST_BYTES = 12;
  private static final String PRINCIPAL = "apigateway.amazonaws.com";

  /**
   * A statement that lets API Gateway invoke a function.
   *
   * @param sourceArn what it is narrowed to; empty for everything
   */
  record Statement(String id, String sourceArn) {

    /** The id of the API that it is for; empty where it is for more than one. */
    String apiId() {
      String[] parts = sourceArn.split(":", 6);
      String apiId = parts.length < 6 ? "" : parts[5].split("/", 2)[0];
      return apiId.contains("*") || apiId.contains("?") ? "" : apiId;
    }
  }

  /** Lets API Gateway invoke the function from there. True where that was not so before. */
  boolean grant(FunctionArn function, String sourceArn) {
    String id = "gatehouse-" + digest(sourceArn);
    AddPermissionRequest request =
        AddPermissionRequest.builder()
            .functionName(function.unqualified())
            .qualifier(function.qualifier())
            .statementId(id)
            .action("lambda:InvokeFunction")
            .principal(PRINCIPAL)
            .sourceArn(sourceArn)
            .build();
    boolean added =
        session.run(
            "let API Gateway invoke " + function.name(),
            () -> {
              try {
                session.lambda().addPermission(request);
                return true;
              } catch (ResourceConflictException already) {
                return false;
              }
            });
    if (added) {
      session.created(
          "the permission " + id + " of " + function.name(), () -> revoke(function, id));
    }
    return added;
  }

  private static String digest(String text) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(all, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What API Gateway may do by that function's policy. */
  List<Statement> statements(FunctionArn function) {
    Optional<String> policy =
        session.find(
            "read the policy of " + function.name(),
            () ->
                session
                    .lambda()
                    .getPolicy(
                        GetPolicyRequest.builder()
                            .functionName(function.unqualified())
                            .qualifier(function.qualifier())
                            .build())
                    .policy());
    List<Statement> statements = new ArrayList<>();
    if (policy.isPresent()) {
      for (JsonNode each : JSON.readTree(policy.get()).path("Statement")) {
        if (each.path("Principal").path("Service").asString("").equals(PRINCIPAL)) {
          statements.add(new Statement(each.path("Sid").asString(""), source(each)));
        }
      }
    }
    return statements;
  }

  private static String source(JsonNode statement) {
    JsonNode condition = statement.path("Condition").path("ArnLike");
    @Nullable JsonNode source = condition.get("AWS:SourceArn");
    return (source == null ? condition.path("aws:SourceArn") : source).asString("");
  }

  /** Takes every leave from that API. */
  void revokeAll(FunctionArn function, String apiId) {
    for (Statement each : statements(function)) {
      if (each.apiId().equals(apiId)) {
        revoke(function, each.id());
      }
    }
  }

  /** Takes the leave for one source. */
  void revokeSource(FunctionArn function, String sourceArn) {
    for (Statement each : statements(function)) {
      if (each.sourceArn().equals(sourceArn)) {
        revoke(function, each.id());
      }
    }
  }

  /** Takes one statement out. */
  void revoke(FunctionArn function, String statementId) {
    session.remove(
        "take API Gateway's leave to invoke " + function.name(),
        () ->
            session
                .lambda()
                .removePermission(
                    RemovePermissionRequest.builder()
                        .functionName(function.unqualified())
                        .qualifier(function.qualifier())
                        .statementId(statementId)
                        .build()));
  }
}
