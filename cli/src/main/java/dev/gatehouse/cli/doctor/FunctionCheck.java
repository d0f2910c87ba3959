package dev.gatehouse.cli.doctor;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.client.FunctionArn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Whether functions are there, and whether the API may invoke them wherever it does. */
record FunctionCheck(LambdaClient lambda, String region) implements Check {

  @Override
  public List<Problem> check(Patient api) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Optional<Problem>> missing = new LinkedHashMap<>();
    Map<String, InvokeSources> allowed = new HashMap<>();
    for (Call call : Call.of(api)) {
      FunctionArn found = call.function();
      Optional<Problem> gone = missing.computeIfAbsent(found.arn(), arn -> missing(api, found));
      if (gone.isEmpty() && !call.underRole()) {
        InvokeSources sources =
            allowed.computeIfAbsent(found.arn(), arn -> InvokeSources.of(lambda, found));
        permission(api, call, sources).ifPresent(problems::add);
      }
    }
    missing.values().forEach(each -> each.ifPresent(problems::add));
    return problems;
  }

  private Optional<Problem> missing(Patient api, FunctionArn function) {
    if (!function.region().equals(region)) {
      return Optional.of(
          about(
              api,
              function,
              "it is in " + function.region() + ", and the API is in " + region,
              "create it in " + region + ", or correct the integration"));
    }
    try {
      lambda.getFunctionConfiguration(r -> r.functionName(function.arn()));
      return Optional.empty();
    } catch (ResourceNotFoundException notThere) {
      return Optional.of(notThere(api, function));
    } catch (LambdaException refused) {
      return Optional.of(
          about(
              api,
              function,
              "it may not be read: " + refused.awsErrorDetails().errorMessage(),
              "ask as somebody of account "
                  + function.account()
                  + " who may lambda:GetFunctionConfiguration"));
    } catch (SdkException failed) {
      throw new CallFailed(0, "Lambda did not answer: " + failed.getMessage());
    }
  }

  private Problem notThere(Patient api, FunctionArn function) {
    return named(function.name())
        .map(FunctionConfiguration::functionArn)
        .map(other ->
            about(
                api,
                function,
                "the one of that name is " + other,
                "point the integration at " + other))
        .orElseGet(() ->
            about(
                api,
                function,
                "there is no such function",
                "create the function, or correct the integration"));
  }

  private Optional<FunctionConfiguration> named(String name) {
    return lambda.listFunctionsPaginator().functions().stream()
        .filter(each -> each.functionName().equals(name))
        .findFirst();
  }

  private static Problem about(Patient api, FunctionArn function, String problem, String fix) {
    return api.problem("function " + function.arn(), problem, fix);
  }

  private static Optional<Problem> permission(Patient api, Call call, InvokeSources sources) {
    if (call.presented().stream().allMatch(sources::allow)) {
      return Optional.empty();
    }
    FunctionArn function = call.function();
    String narrow = call.pattern();
    String qualifier = function.qualifier() == null ? "" : " --qualifier " + function.qualifier();
    return Optional.of(
        api.problem(
            call.about(),
            sources.patterns().isEmpty()
                ? "API Gateway may not invoke " + function.name() + ", so requests get 500"
                : "the leave to invoke " + function.name() + " is too narrow for it",
            "aws lambda add-permission --function-name "
                + function.name()
                + qualifier
                + " --statement-id api-"
                + Integer.toHexString(narrow.hashCode())
                + " --action lambda:InvokeFunction --principal apigateway.amazonaws.com"
                + " --source-arn '"
                + narrow
                + "'"));
  }
}
