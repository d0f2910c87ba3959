package dev.gatehouse.cli.doctor;

import dev.gatehouse.client.FunctionArn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.databind.JsonNode;

/** Whether the buckets that functions are told of (in variables named …BUCKET…) are there. */
record BucketCheck(LambdaClient lambda, S3Client s3) implements Check {
  private static final int FORBIDDEN = 403;

  @Override
  public List<Problem> check(Patient api) {
    Map<String, String> buckets = new LinkedHashMap<>();
    for (JsonNode integration : api.integrations()) {
      FunctionArn.in(integration.path("integrationUri").asString(""))
          .ifPresent(function -> buckets.putAll(buckets(function)));
    }
    List<Problem> problems = new ArrayList<>();
    buckets.forEach((bucket, where) ->
        problem(bucket)
            .ifPresent(why ->
                problems.add(
                    api.problem("bucket " + bucket + " (" + where + ")", why, fix(bucket)))));
    return problems;
  }

  private Map<String, String> buckets(FunctionArn function) {
    Map<String, String> buckets = new LinkedHashMap<>();
    try {
      var environment =
          lambda.getFunctionConfiguration(r -> r.functionName(function.arn())).environment();
      if (environment != null) {
        environment
            .variables()
            .forEach((name, value) -> {
              if (name.toUpperCase(Locale.ROOT).contains("BUCKET") && isName(value)) {
                buckets.put(value, name + " of " + function.name());
              }
            });
      }
    } catch (ResourceNotFoundException missing) {
      return Map.of(); // FunctionCheck tells
    }
    return buckets;
  }

  private static boolean isName(String value) {
    return value.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  }

  private Optional<String> problem(String bucket) {
    try {
      s3.headBucket(r -> r.bucket(bucket));
      return Optional.empty();
    } catch (S3Exception answered) {
      return Optional.of(
          answered.statusCode() == FORBIDDEN
              ? "it may not be used with these credentials"
              : "there is no such bucket");
    }
  }

  private static String fix(String bucket) {
    return "aws s3 mb s3://" + bucket + ", or allow its use";
  }
}
