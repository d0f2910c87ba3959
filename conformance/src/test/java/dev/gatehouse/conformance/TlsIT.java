package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.function.Caller;
import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** TLS on the one listener, beside clear text, under the development CA. */
class TlsIT {
  @TempDir private Path directory;

  @Test
  void theSamePortSpeaksTlsAndClearText() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw);
          HttpClient client = client(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        URI secure =
            URI.create("https://localhost:" + gw.port() + "/_gatehouse/apis/" + api.id() + "/a");
        for (int round = 0; round < 3; round++) {
          assertThat(get(client, secure).statusCode()).isEqualTo(200);
        }
        assertThat(http.get("/_gatehouse/apis/" + api.id() + "/a").status()).isEqualTo(200);
        URI byAddress = URI.create("https://127.0.0.1:" + gw.port() + "/_gatehouse/health");
        assertThat(get(client, byAddress).statusCode()).isEqualTo(200);
      }
    });
  }

  @Test
  void bodiesOfMegabytesGoBothWays() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw);
          HttpClient client = client(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        URI secure =
            URI.create("https://localhost:" + gw.port() + "/_gatehouse/apis/" + api.id() + "/a");
        byte[] body = new byte[9 << 20];
        HttpRequest request =
            HttpRequest.newBuilder(secure).POST(BodyPublishers.ofByteArray(body)).build();
        HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());
        assertThat(reply.statusCode()).isEqualTo(200);
        HttpRequest tooLarge =
            HttpRequest.newBuilder(secure)
                .POST(BodyPublishers.ofByteArray(new byte[11 << 20]))
                .build();
        assertThat(client.send(tooLarge, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
      }
    });
  }

  @Test
  void aClientThatWasNotToldToTrustsNothing() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpClient stranger = HttpClient.newHttpClient()) {
        URI secure = URI.create("https://localhost:" + gw.port() + "/_gatehouse/health");
        assertThatThrownBy(() -> get(stranger, secure)).isInstanceOf(SSLException.class);
      }
    });
  }

  @Test
  void everyHostOfAnApiHasItsCertificate() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        String name = api.host().replaceFirst(":.*", "");
        assertThat(curl(gw, name, "--tlsv1.2", "--tls-max", "1.2")).isEqualTo("200 0");
        assertThat(curl(gw, name, "--tlsv1.3")).isEqualTo("200 0");
      }
    });
  }

  private String curl(RunningGatehouse gw, String name, String... version) throws Exception {
    String authority = name + ":" + gw.port();
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-o", "/dev/null"));
    command.addAll(List.of(version));
    command.addAll(List.of("--cacert", gw.authority(directory).toString()));
    command.addAll(List.of("--resolve", authority + ":127.0.0.1"));
    command.addAll(List.of("-w", "%{http_code} %{ssl_verify_result}", "https://" + authority));
    Program.Result result = Program.run(directory, Map.of(), command.toArray(String[]::new));
    return result.output();
  }

  @Test
  void whoAskedForOneApiIsNotLetInToAnother() throws Exception {
    withGatehouse((gw, http) -> {
      try (SSLSocket socket =
          (SSLSocket)
              gw.trusting(directory).getSocketFactory().createSocket("127.0.0.1", gw.port())) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("one.execute-api.localhost")));
        socket.setSSLParameters(parameters);
        String request = "GET / HTTP/1.1\r\nHost: two.execute-api.localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String reply =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(reply).startsWith("HTTP/1.1 421 ").contains("Misdirected Request");
      }
    });
  }

  @Test
  void functionsTrustIt() throws Exception {
    withGatehouse((gw, http) -> {
      String event = "\"https://localhost:" + gw.port() + "/_gatehouse/health\"";
      try (LambdaClient lambda = gw.lambda()) {
        Functions.create(lambda, "tls-java", Caller.class, 20);
        assertThat(invoke(lambda, "tls-java", event)).contains("ready");
        String node =
            "exports.handler = async url => (await (await fetch(url)).text()).replaceAll('\"', '');";
        script(lambda, "tls-node", "node", "index.js", node);
        assertThat(invoke(lambda, "tls-node", event)).contains("ready");
        String python =
            "import urllib.request\ndef handler(url, context):\n"
                + "    return urllib.request.urlopen(url).read().decode()\n";
        script(lambda, "tls-python", "python3", "index.py", python);
        assertThat(invoke(lambda, "tls-python", event)).contains("ready");
        for (String name : List.of("tls-java", "tls-node", "tls-python")) {
          assertReachesApis(gw, lambda, name);
          lambda.deleteFunction(r -> r.functionName(name));
        }
      }
    });
  }

  /** Under every form of an API's name, though Debian's resolver knows none below .localhost. */
  private static void assertReachesApis(RunningGatehouse gw, LambdaClient lambda, String function)
      throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      for (String url :
          List.of(
              "http://%s.execute-api.localhost:%d/x",
              "http://%s.execute-api.us-east-1.localhost:%d/x",
              "https://%s.execute-api.us-east-1.localhost:%d/x")) {
        String event = "\"" + url.formatted(api.id(), gw.port()) + "\"";
        assertThat(invoke(lambda, function, event)).as(function + event).isEqualTo("\"ok\"");
      }
    }
  }

  private void script(LambdaClient lambda, String name, String language, String file, String text)
      throws Exception {
    Path code = Files.createDirectories(directory.resolve(name));
    Files.writeString(code.resolve(file), text);
    Functions.create(
        lambda, name, Functions.installed(language), "index.handler", Archive.of(code), Map.of());
  }

  private static String invoke(LambdaClient lambda, String name, String event) {
    SdkBytes payload = SdkBytes.fromUtf8String(event);
    return lambda.invoke(r -> r.functionName(name).payload(payload)).payload().asUtf8String();
  }

  @Test
  void webSocketsGoOverIt() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          HttpClient client = client(gw)) {
        api.twoWay("$default", api.mock("{\"heard\":true}"));
        api.serve();
        URI secure =
            URI.create(api.url().toString().replaceFirst("ws://127.0.0.1", "wss://localhost"));
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket socket =
            client
                .newWebSocketBuilder()
                .buildAsync(
                    secure,
                    new WebSocket.Listener() {
                      @Override
                      public CompletionStage<?> onText(
                          WebSocket from, CharSequence data, boolean last) {
                        heard.complete(data.toString());
                        from.request(1);
                        return null;
                      }
                    })
                .get(20, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
        assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("{\"heard\":true}");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
      }
    });
  }

  @Test
  void theAwsCliTrustsIt() throws Exception {
    withGatehouse((gw, http) -> {
      Map<String, String> environment =
          Map.of(
              "AWS_ACCESS_KEY_ID", "test",
              "AWS_SECRET_ACCESS_KEY", "test",
              "AWS_CA_BUNDLE", gw.authority(directory).toString());
      String endpoint = "https://localhost:" + gw.port();
      Program.Result result =
          Program.run(
              directory,
              environment,
              "aws",
              "--region",
              "us-east-1",
              "--endpoint-url",
              endpoint,
              "apigatewayv2",
              "get-apis");
      assertThat(result.exit()).as(result.output()).isZero();
    });
  }

  @Test
  void theAuthorityOutlivesARestartAndItsKeyIsTheOwnersOnly() throws Exception {
    Path data = directory.resolve("data");
    try (RunningGatehouse gw = RunningGatehouse.start(data)) {
      String first = Files.readString(gw.authority(directory));
      URI secure = URI.create("https://localhost:" + gw.port() + "/_gatehouse/health");
      gw.stop();
      gw.restart();
      assertThat(Files.readString(gw.authority(directory)))
          .isEqualTo(first)
          .doesNotContain("PRIVATE");
      try (HttpClient client = client(gw)) {
        assertThat(get(client, secure).statusCode()).isEqualTo(200);
      }
      assertThat(Files.getPosixFilePermissions(data.resolve("ca/ca-key.pem")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void whereItIsOffNothingButClearTextIsSpoken() throws Exception {
    Path data = directory.resolve("data");
    try (RunningGatehouse gw = RunningGatehouse.startListening(data, "tls: false")) {
      try (HttpClient client = client(gw)) {
        URI secure = URI.create("https://localhost:" + gw.port() + "/_gatehouse/health");
        assertThatThrownBy(() -> get(client, secure)).isInstanceOf(SSLException.class);
      }
      assertThat(gw.http().get("/_gatehouse/health").status()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpClient client(RunningGatehouse gw) throws Exception {
    return HttpClient.newBuilder().sslContext(gw.trusting(directory)).build();
  }
}
