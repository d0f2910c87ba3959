package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;

/** The function that answers presigned URLs. */
record PresignFunction(String name, String arn) {

  private static final String NAME = "presign";

  static PresignFunction create(LambdaClient lambda, Path zip, String bucket) throws IOException {
    SdkBytes code = SdkBytes.fromByteArrayUnsafe(Files.readAllBytes(zip));
    CreateFunctionResponse function =
        lambda.createFunction(create ->
            create
                .functionName(NAME)
                .runtime("java25")
                .role("arn:aws:iam::000000000000:role/presign")
                .handler("dev.gatehouse.example.presign.PresignHandler::handleRequest")
                .code(where -> where.zipFile(code))
                .timeout(60)
                .memorySize(512)
                .environment(environment -> environment.variables(Map.of("BUCKET", bucket))));
    lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(NAME));
    return new PresignFunction(NAME, function.functionArn());
  }

  /** Lets that API call this function, on its path only. */
  void permit(LambdaClient lambda, String apiId) {
    String account = arn.split(":", -1)[4];
    lambda.addPermission(add ->
        add.functionName(name)
            .statementId("apigateway-access")
            .action("lambda:InvokeFunction")
            .principal("apigateway.amazonaws.com")
            .sourceArn(
                "arn:aws:execute-api:%s:%s:%s/*/*/presign"
                    .formatted(Aws.REGION.id(), account, apiId)));
  }
}
