package dev.gatehouse.conformance.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.State;

/** Makes Lambda functions out of classes of this module. */
public final class Functions {
  private Functions() {}

  /** Creates a function of one class and returns its ARN once it is active. */
  public static String create(
      LambdaClient lambda, String name, Class<?> handler, int timeout, Path... jars)
      throws Exception {
    String arn = lambda.createFunction(request(name, handler, timeout, jars)).functionArn();
    return Eventually.eventually(
        name + " active",
        Duration.ofSeconds(30),
        () ->
            lambda.getFunction(get -> get.functionName(name)).configuration().state()
                    == State.ACTIVE
                ? Optional.of(arn)
                : Optional.empty());
  }

  /** The request that creates such a function. */
  public static CreateFunctionRequest request(
      String name, Class<?> handler, int timeout, Path... jars) throws IOException {
    SdkBytes zip = SdkBytes.fromByteArray(zip(handler, jars));
    return CreateFunctionRequest.builder()
        .functionName(name)
        .runtime("java25")
        .role("arn:aws:iam::000000000000:role/lambda")
        .handler(handler.getName())
        .timeout(timeout)
        .code(code -> code.zipFile(zip))
        .build();
  }

  /** Creates a function of any code; returns its ARN. */
  public static String create(
      LambdaClient lambda,
      String name,
      String runtime,
      String handler,
      byte[] zip,
      Map<String, String> variables) {
    return lambda
        .createFunction(r ->
            r.functionName(name)
                .runtime(runtime)
                .role("arn:aws:iam::000000000000:role/lambda")
                .handler(handler)
                .timeout(30)
                .memorySize(512)
                .environment(e -> e.variables(variables))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip))))
        .functionArn();
  }

  /**
   * The runtime's name for what this machine has.
   *
   * @param command {@code node} or {@code python3}, whose {@code --version} says which
   */
  public static String installed(String command) throws Exception {
    Program.Result asked = Program.run(Path.of("."), Map.of(), command, "--version");
    String version = asked.output().strip();
    return command.equals("node")
        ? "nodejs" + version.replaceAll("^v|\\..*", "") + ".x"
        : version.replaceAll("^Python (3\\.\\d+).*", "python$1");
  }

  /** Lets API Gateway invoke a function from anywhere. */
  public static void open(LambdaClient lambda, String name) {
    lambda.addPermission(permission ->
        permission
            .functionName(name)
            .statementId("open")
            .action("lambda:InvokeFunction")
            .principal("apigateway.amazonaws.com"));
  }

  /** A zip with the class of a handler, and jars in {@code lib}. */
  public static byte[] zip(Class<?> handler, Path... jars) throws IOException {
    String path = handler.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream file = handler.getResourceAsStream("/" + path)) {
      zip.putNextEntry(new ZipEntry(path));
      Objects.requireNonNull(file).transferTo(zip);
      zip.closeEntry();
      for (Path jar : jars) {
        zip.putNextEntry(new ZipEntry("lib/" + jar.getFileName()));
        Files.copy(jar, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
