package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse ws …} against a running server. */
class SocketCommandsIT {
  @TempDir private Path directory;

  private Program.Result gatehouse(RunningGatehouse gw, String input, String... arguments)
      throws Exception {
    Path file = Files.writeString(directory.resolve("input"), input);
    return Program.run(directory, environment(gw), command(file, arguments));
  }

  private static Map<String, String> environment(RunningGatehouse gw) {
    return Map.of(
        "AWS_ENDPOINT_URL",
        gw.url().toString(),
        "AWS_ACCESS_KEY_ID",
        "test",
        "AWS_SECRET_ACCESS_KEY",
        "test");
  }

  /** Its input is a file's. */
  private static String[] command(Path input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <" + input, "sh"));
    command.addAll(List.of(RunningGatehouse.launcher().toString(), "ws"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static String id(RawWebSocket socket) throws Exception {
    socket.text("who am I");
    return Reply.parse(socket.message()).at("/requestContext/connectionId").asString();
  }

  private static SocketApi echo(RunningGatehouse gw) throws Exception {
    SocketApi api = SocketApi.create(gw);
    api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
    return api.serve();
  }

  @Test
  void connectSendsLinesOverTlsAndPrintsWhatComes() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw)) {
        String api0 = gw.control().get(api.path("")).json().path("apiEndpoint").asString();
        assertThat(api0).startsWith("wss://");
        Program.Result spoken = gatehouse(gw, "hello\n", "connect", api.id(), "--once");
        assertThat(spoken.output())
            .contains("connected; Ctrl-D ends it", "\"body\":\"hello\"", "closed with 1000");
        assertThat(spoken.exit()).isZero();

        String text = "ä".repeat(20_000);
        Program.Result json =
            gatehouse(gw, text, "connect", api.url().toString(), "--once", "--output", "json");
        List<JsonNode> events = json.output().lines().map(Reply::parse).toList();
        assertThat(events)
            .extracting(each -> each.path("event").asString())
            .containsExactly("connected", "message", "closed");
        assertThat(Reply.parse(events.get(1).path("text").asString()).path("body").asString())
            .isEqualTo(text);
        assertThat(events.get(2).path("code").asInt()).isEqualTo(1000);
      }
    });
  }

  @Test
  void connectOffersSubprotocolsAndHeadersAndSignsWhereAskedTo() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend =
              Backend.start(exchange -> {
                exchange.getResponseHeaders().set("Sec-WebSocket-Protocol", "chat2");
                Backend.text(exchange, 200, "");
              })) {
        api.route("$connect", api.url(backend.url(), "{}"), ",\"authorizationType\":\"AWS_IAM\"");
        api.serve();
        Program.Result unsigned = gatehouse(gw, "", "connect", api.id());
        assertThat(unsigned.exit()).isEqualTo(1);
        assertThat(unsigned.output().lines().toList()).hasSize(1);
        assertThat(unsigned.output()).contains("answered 403", "--sign");
        Program.Result signed =
            gatehouse(
                gw,
                "",
                "connect",
                api.id(),
                "--sign",
                "--subprotocol",
                "chat1",
                "--subprotocol",
                "chat2",
                "-H",
                "X-Colour: red",
                "--wait",
                "0");
        assertThat(signed.output()).contains("subprotocol chat2").contains("closed with 1000");
        assertThat(signed.exit()).isZero();
        Backend.Request request = backend.taken();
        assertThat(request.headers().get("X-colour")).containsExactly("red");
        assertThat(request.headers().get("Sec-websocket-protocol").getFirst())
            .contains("chat1")
            .contains("chat2");
      }
    });
  }

  @Test
  void connectTellsHowTheServerEndedIt() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw);
          Program talk =
              Program.start(
                  directory,
                  environment(gw),
                  "sh",
                  "-c",
                  "(echo first; sleep 60) | exec \"$0\" ws connect " + api.id(),
                  RunningGatehouse.launcher().toString())) {
        talk.await("\"body\":\"first\"");
        JsonNode listed = list(gw, api).get(0);
        assertThat(listed.path("messagesReceived").asInt()).isEqualTo(1);
        String id = listed.path("connectionId").asString();
        Program.Result sent = gatehouse(gw, "", "send", api.id(), id, "--text", "to you");
        assertThat(sent.output()).contains(id, "sent");
        talk.await("to you");
        Program.Result closed = gatehouse(gw, "", "close", api.id(), id);
        assertThat(closed.output()).contains(id, "closed");
        assertThat(closed.exit()).isZero();
        talk.await("closed with 1000");
        Program.Result again = gatehouse(gw, "", "close", api.id(), id);
        assertThat(again.output()).contains("gone");
        assertThat(again.exit()).isEqualTo(1);
      }
    });
  }

  private JsonNode list(RunningGatehouse gw, SocketApi api) throws Exception {
    Program.Result result = gatehouse(gw, "", "ls", api.id(), "--output", "json");
    assertThat(result.exit()).as(result.output()).isZero();
    return Reply.parse(result.output());
  }

  @Test
  void whoIsConnectedIsListed() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw);
          SocketApi other = echo(gw);
          RawWebSocket one = api.handshake("/prod", "User-Agent: probe/1");
          RawWebSocket two = api.connect();
          RawWebSocket elsewhere = other.connect()) {
        String first = id(one);
        String second = id(two);
        id(two);
        JsonNode listed = list(gw, api);
        assertThat(listed)
            .extracting(each -> each.path("connectionId").asString())
            .containsExactlyInAnyOrder(first, second);
        for (JsonNode each : listed) {
          boolean isFirst = each.path("connectionId").asString().equals(first);
          assertThat(each.path("stageName").asString()).isEqualTo("prod");
          assertThat(each.path("sourceIp").asString()).isEqualTo("127.0.0.1");
          assertThat(each.path("domainName").asString()).isEqualTo(api.host());
          assertThat(each.path("userAgent").asString("none"))
              .isEqualTo(isFirst ? "probe/1" : "none");
          assertThat(each.path("messagesReceived").asInt()).isEqualTo(isFirst ? 1 : 2);
          assertThat(each.path("messagesSent").asInt()).isEqualTo(isFirst ? 1 : 2);
          assertThat(each.path("lastActiveAt").asString())
              .isGreaterThanOrEqualTo(each.path("connectedAt").asString());
        }
        assertThat(gatehouse(gw, "", "ls", api.id()).output())
            .contains("CONNECTION", "LAST ACTIVE", first, second, "127.0.0.1");
        assertThat(gatehouse(gw, "", "ls", api.id(), "--stage", "test").output().lines())
            .hasSize(1);
      }
    });
  }

  @Test
  void theListComesInPagesAndIsTheAccountsOwn() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw);
          RawWebSocket one = api.connect();
          RawWebSocket two = api.connect()) {
        String path = "/_gatehouse/control/apis/" + api.id() + "/connections";
        JsonNode page = gw.control().get(path + "?maxResults=1").json();
        assertThat(page.path("items").size()).isEqualTo(1);
        String token = page.path("nextToken").asString();
        JsonNode rest = gw.control().get(path + "?maxResults=1&nextToken=" + token).json();
        assertThat(rest.at("/items/0/connectionId").asString()).isGreaterThan(token);
        assertThat(rest.has("nextToken")).isFalse();
        assertThat(gw.control().get(path + "?maxResults=501").status()).isEqualTo(400);
        assertThat(gw.control().post(path, "{}").status()).isEqualTo(405);
        Reply stranger = new Control(gw.http(), "123456789012").get(path);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(gw.http().get(path).status()).isEqualTo(403);
      }
    });
  }

  @Test
  void messagesAreSentToManyAndTheGoneAreReported() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw);
          RawWebSocket one = api.connect();
          RawWebSocket two = api.connect()) {
        String first = id(one);
        String gone = "-" + "A".repeat(14) + "=";
        Path file = Files.writeString(directory.resolve("message"), "from a file");
        Program.Result sent =
            gatehouse(
                gw,
                "",
                "send",
                api.id(),
                first,
                gone,
                "--file",
                file.toString(),
                "--output",
                "json");
        assertThat(sent.exit()).isEqualTo(1);
        JsonNode told = Reply.parse(sent.output());
        assertThat(told.path("sent").get(0).asString()).isEqualTo(first);
        assertThat(told.path("gone").get(0).asString()).isEqualTo(gone);
        assertThat(one.message()).isEqualTo("from a file");
        assertThat(gatehouse(gw, "", "send", api.id(), "--all", "--json", "{\"a\": 1}").exit())
            .isZero();
        assertThat(one.message()).isEqualTo("{\"a\": 1}");
        assertThat(two.message()).isEqualTo("{\"a\": 1}");
        assertThat(gatehouse(gw, "input", "send", api.id(), first, "--file", "-").exit()).isZero();
        assertThat(one.message()).isEqualTo("input");
      }
    });
  }

  @Test
  void whatCannotBeDoneIsOneLineWithTheNextStep() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = echo(gw)) {
        refused(gw, "see what there is with gatehouse api ls", "ls", "nowhere");
        refused(gw, "name one of [prod] with --stage", "connect", api.id(), "--stage", "dev");
        refused(gw, "no message came within 0 s", "connect", api.id(), "--once", "--wait", "0");
        refused(gw, "no WebSocket API is there", "connect", gw.url() + "/_gatehouse/health");
      }
    });
  }

  private void refused(RunningGatehouse gw, String part, String... arguments) throws Exception {
    Program.Result result = gatehouse(gw, "", arguments);
    assertThat(result.exit()).as(result.output()).isEqualTo(1);
    assertThat(result.output()).contains(part);
    assertThat(result.output().lines().filter(line -> line.startsWith("gatehouse: "))).hasSize(1);
    assertThat(result.output()).doesNotContain("\tat ");
  }
}
