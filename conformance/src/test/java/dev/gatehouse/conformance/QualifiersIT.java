package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.State;

/** Versions and aliases of functions behind APIs, and the SDK's waiters for them. */
class QualifiersIT {
  private static final String INVOKE =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations";

  private static byte[] code(String word) throws Exception {
    return Archive.of(Map.of("app.py", "def handler(e, c): return '" + word + "'\n"));
  }

  /** Two versions, {@code one} and {@code two}, and the alias {@code live} for the first. */
  private static String create(LambdaClient lambda, String name) throws Exception {
    String arn =
        Functions.create(
            lambda, name, Functions.installed("python3"), "app.handler", code("one"), Map.of());
    lambda.publishVersion(r -> r.functionName(name));
    lambda.updateFunctionCode(
        r -> r.functionName(name).zipFile(SdkBytes.fromByteArray(uncheckedCode("two"))));
    lambda.publishVersion(r -> r.functionName(name));
    lambda.updateFunctionCode(
        r -> r.functionName(name).zipFile(SdkBytes.fromByteArray(uncheckedCode("head"))));
    lambda.createAlias(r -> r.functionName(name).name("live").functionVersion("1"));
    return arn;
  }

  private static byte[] uncheckedCode(String word) {
    try {
      return code(word);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void allow(LambdaClient lambda, String name, String qualifier) {
    lambda.addPermission(r -> {
      r.functionName(name)
          .statementId("api")
          .action("lambda:InvokeFunction")
          .principal("apigateway.amazonaws.com");
      if (!qualifier.isEmpty()) {
        r.qualifier(qualifier);
      }
    });
  }

  private static String read(HttpApi api, String path) throws Exception {
    return api.get(path).text().replace("\"", "");
  }

  @Test
  void eachQualifierInAUriNeedsItsOwnPermissionInBothForms() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        String arn = create(lambda, "qualified");
        api.routes(api.function(arn), "GET /head");
        api.routes(api.function(arn + ":live"), "GET /alias");
        api.routes(api.function(arn + ":2"), "GET /version");
        api.routes(api.function(INVOKE.formatted(arn + ":live")), "GET /alias-path");
        api.routes(api.function(INVOKE.formatted(arn + ":2")), "GET /version-path");
        api.routes(api.function(INVOKE.formatted(arn + ":nothing")), "GET /nothing");
        api.serve();

        allow(lambda, "qualified", "");
        assertThat(read(api, "/head")).isEqualTo("head");
        for (String path : Set.of("/alias", "/alias-path", "/version", "/version-path")) {
          assertThat(api.get(path).status()).as(path).isEqualTo(500);
        }
        allow(lambda, "qualified", "live");
        assertThat(read(api, "/alias")).isEqualTo("one");
        assertThat(read(api, "/alias-path")).isEqualTo("one");
        assertThat(api.get("/version").status()).isEqualTo(500);
        allow(lambda, "qualified", "2");
        assertThat(read(api, "/version")).isEqualTo("two");
        assertThat(read(api, "/version-path")).isEqualTo("two");
        assertThat(api.get("/nothing").status()).isEqualTo(500);

        // An alias that is moved, or that shares its invocations out, does so at once.
        lambda.updateAlias(r -> r.functionName("qualified").name("live").functionVersion("2"));
        assertThat(read(api, "/alias")).isEqualTo("two");
        lambda.updateAlias(r ->
            r.functionName("qualified")
                .name("live")
                .routingConfig(c -> c.additionalVersionWeights(Map.of("1", 0.5))));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100 && seen.size() < 2; i++) {
          seen.add(read(api, "/alias-path"));
        }
        assertThat(seen).containsExactlyInAnyOrder("one", "two");
        lambda.removePermission(
            r -> r.functionName("qualified").qualifier("live").statementId("api"));
        assertThat(api.get("/alias").status()).isEqualTo(500);
        assertThat(read(api, "/head")).isEqualTo("head");
        lambda.deleteFunction(r -> r.functionName("qualified"));
      }
    });
  }

  @Test
  void theSdksWaitersComeToAnEndAndTheCodeCanBeFetched() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        byte[] zip = code("one");
        Functions.create(
            lambda, "waited", Functions.installed("python3"), "app.handler", zip, Map.of());
        FunctionConfiguration active =
            lambda
                .waiter()
                .waitUntilFunctionActiveV2(r -> r.functionName("waited"))
                .matched()
                .response()
                .orElseThrow()
                .configuration();
        assertThat(active.state()).isEqualTo(State.ACTIVE);
        assertThat(active.codeSha256())
            .isEqualTo(
                Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip)));
        lambda.updateFunctionConfiguration(r -> r.functionName("waited").timeout(9));
        lambda.waiter().waitUntilFunctionUpdatedV2(r -> r.functionName("waited"));
        lambda.waiter().waitUntilFunctionExists(r -> r.functionName("waited"));
        String location = lambda.getFunction(r -> r.functionName("waited")).code().location();
        assertThat(fetch(location).body()).isEqualTo(zip);
        assertFirstEntry(fetch(location).body());
        assertThat(fetch(location.replaceAll(".$", "x")).statusCode()).isEqualTo(403);
        assertThat(fetch(location.replace("expires=", "expires=9")).statusCode()).isEqualTo(403);
        lambda.deleteFunction(r -> r.functionName("waited"));
        assertThat(fetch(location).statusCode()).isEqualTo(404);
      }
    });
  }

  private static void assertFirstEntry(byte[] zip) throws Exception {
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      assertThat(entries.getNextEntry().getName()).isEqualTo("app.py");
    }
  }

  private static HttpResponse<byte[]> fetch(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
