package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The chat's functions, all of one archive, and the bucket that is their table. */
record ChatFunctions(
    LambdaClient lambda, SdkBytes code, String connect, String message, String disconnect) {
  private static final String BUCKET = "chat-connections";

  static ChatFunctions create(Aws aws, Path zip) throws IOException {
    aws.s3().createBucket(bucket -> bucket.bucket(BUCKET));
    SdkBytes code = SdkBytes.fromByteArrayUnsafe(Files.readAllBytes(zip));
    Map<String, String> table = Map.of("BUCKET", BUCKET);
    return new ChatFunctions(
        aws.lambda(),
        code,
        create(aws.lambda(), code, "Connect", table),
        create(aws.lambda(), code, "Message", table),
        create(aws.lambda(), code, "Disconnect", table));
  }

  /** Makes the function of the page, which says where the chat is. */
  String page(URI chat) {
    return create(lambda, code, "Page", Map.of("CHAT_URL", chat.toString()));
  }

  private static String create(
      LambdaClient lambda, SdkBytes code, String what, Map<String, String> variables) {
    String name = "chat-" + what.toLowerCase(Locale.ROOT);
    String arn =
        lambda
            .createFunction(create ->
                create
                    .functionName(name)
                    .runtime("java25")
                    .role("arn:aws:iam::000000000000:role/chat")
                    .handler("dev.gatehouse.example.chat." + what + "Handler::handleRequest")
                    .code(where -> where.zipFile(code))
                    .timeout(25)
                    .memorySize(512)
                    .environment(environment -> environment.variables(variables)))
            .functionArn();
    lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
    return arn;
  }
}
