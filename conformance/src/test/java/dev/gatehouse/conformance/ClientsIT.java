package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.gatehouse.conformance.function.Typed;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Clients and functions that we did not write, unchanged, on either side of the gateway. */
class ClientsIT {
  private static final int LARGE = 3_000_000;

  @TempDir Path folder;

  /** A backend that answers with the length and the first bytes of what it was sent. */
  private interface Use {
    void with(RunningGatehouse gw, String url, Backend backend) throws Exception;
  }

  private static void withEcho(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(exchange -> {
                if (exchange.getRequestURI().getPath().equals("/moved")) {
                  exchange.getResponseHeaders().set("Location", "/to");
                  exchange.sendResponseHeaders(302, -1);
                } else {
                  Backend.text(exchange, 200, exchange.getRequestMethod());
                }
              });
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        use.with(gw, gw.url() + "/_gatehouse/apis/" + api.id(), backend);
      }
    });
  }

  @Test
  void curl() throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[LARGE]);
    withEcho((gw, url, backend) -> {
      String output =
          run(
              "curl -sS -m 30 -w ' %{http_code}\\n' "
                  + String.join(
                      " --next -sS -m 30 -w ' %{http_code}\\n' ",
                      url + "/a?b=c",
                      "-X DELETE " + url + "/a",
                      "-d a=1 " + url + "/a",
                      "-T " + large + " " + url + "/large",
                      "-H 'Transfer-Encoding: chunked' -d chunked " + url + "/a",
                      "-I -o /dev/null " + url + "/a",
                      "-o /dev/null " + url + "/moved"));
      assertThat(output.lines().toList())
          .containsExactly(
              "GET 200", "DELETE 200", "POST 200", "PUT 200", "POST 200", " 200", " 302");
      assertThat(backend.taken().target()).isEqualTo("/a?b=c");
      backend.taken();
      assertThat(backend.taken().body()).asString().isEqualTo("a=1");
      assertThat(backend.taken().body()).hasSize(LARGE);
      assertThat(backend.taken().body()).asString().isEqualTo("chunked");
    });
  }

  private String run(String script) throws Exception {
    Program.Result result = Program.run(folder, Map.of(), "bash", "-c", script);
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void theClientOfTheJdk() throws Exception {
    withEcho((gw, url, backend) -> {
      try (HttpClient client = HttpClient.newHttpClient()) { // asks for an upgrade to HTTP/2
        assertThat(client.send(request(url + "/x").build(), BodyHandlers.ofString()).body())
            .isEqualTo("GET");
        assertThat(backend.taken().headers()).doesNotContainKeys("upgrade", "http2-settings");
        HttpRequest streamed =
            request(url + "/x")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LARGE])))
                .build();
        HttpResponse<String> reply = client.send(streamed, BodyHandlers.ofString());
        assertThat(reply.body()).isEqualTo("POST");
        assertThat(backend.taken().body()).hasSize(LARGE);
        HttpRequest expecting =
            request(url + "/x")
                .expectContinue(true)
                .PUT(BodyPublishers.ofByteArray(new byte[LARGE]))
                .build();
        assertThat(client.send(expecting, BodyHandlers.ofString()).body()).isEqualTo("PUT");
        assertThat(backend.taken().body()).hasSize(LARGE);
      }
    });
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  @Test
  void fetchOfNode() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("fetch.mjs"),
            """
            const url = process.argv[2];
            const text = async (reply) => reply.status + ' ' + await reply.text();
            console.log(await text(await fetch(url + '/x?q=%C3%BC')));
            console.log(await text(await fetch(url + '/x', {method: 'POST', body: 'a'.repeat(3000000)})));
            const chunks = async function* () { yield new TextEncoder().encode('stre'); yield new TextEncoder().encode('amed'); };
            console.log(await text(await fetch(url + '/x', {method: 'PUT', body: chunks(), duplex: 'half'})));
            console.log((await fetch(url + '/moved', {redirect: 'manual'})).status);
            const all = await Promise.all(Array.from({length: 50}, (_, i) => fetch(url + '/many/' + i).then(text)));
            console.log(new Set(all).size + ' ' + all[0]);
            """);
    withEcho((gw, url, backend) -> {
      assertThat(run("node " + script + " " + url).lines().toList())
          .containsExactly("200 GET", "200 POST", "200 PUT", "302", "1 200 GET");
      assertThat(backend.taken().target()).isEqualTo("/x?q=%C3%BC");
      assertThat(backend.taken().body()).hasSize(LARGE);
      assertThat(backend.taken().body()).asString().isEqualTo("streamed");
    });
  }

  @Test
  void functionsWrittenAgainstAwsEventClasses() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        Path events =
            Path.of(
                APIGatewayV2HTTPEvent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        String arn = Functions.create(lambda, "Typed", Typed.class, 20, events);
        Functions.open(lambda, "Typed");
        api.routes(api.function(arn), "POST /of/{id}");
        api.serve();
        Reply reply =
            api.send(
                "POST",
                "/of/7?q=a&q=b",
                "{}",
                "Content-Type: application/json",
                "X-Name: n",
                "Cookie: c=1; d=2");
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        assertThat(reply.text()).isEqualTo("n:{}");
        assertThat(reply.header("x-route")).contains("POST /of/{id}");
        assertThat(reply.header("x-asked")).contains("POST /of/7");
        assertThat(reply.header("x-parameter")).contains("7");
        assertThat(reply.header("x-query")).contains("a,b");
        assertThat(reply.header("x-stage")).contains("$default");
        assertThat(reply.header("x-request")).isEqualTo(reply.header("apigw-requestid"));
        assertThat(reply.headers("set-cookie")).containsExactly("first=c=1", "second=2; Path=/");
      }
    });
  }
}
