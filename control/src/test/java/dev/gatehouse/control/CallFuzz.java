package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.control.Console.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A whole control call as bytes: the first line is method and target, the rest the body. Whatever
 * it says, it is answered or refused; a fault of ours (500) is a finding, and so is a call that
 * hangs. There are APIs {@code http} and {@code socket} with a stage {@code dev}, and a domain
 * {@code d.example.com}; {@code <http.routeId>} and its like stand for ids of what they have.
 */
public final class CallFuzz {
  private static final Set<Integer> ANSWERS =
      Set.of(200, 201, 202, 204, 400, 404, 409, 413, 429, 501);

  /** Writes after which the store is made anew, so that it does not fill up. */
  private static final long WRITES = 2_000;

  /** From what stands for an id to the id. */
  private static final Map<String, String> IDS = new HashMap<>();

  private static Console console;

  private CallFuzz() {}

  /** What Jazzer calls first: what classes take to load is no hanging call. */
  public static void fuzzerInitialize() {
    console().get("/v2/apis");
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    int end = text.indexOf('\n');
    String[] words = (end < 0 ? text : text.substring(0, end)).split(" ", 2);
    if (words.length < 2 || text.contains("issuer")) {
      return; // an issuer would be asked over the network
    }
    Console api = console();
    Answer answer =
        api.ask(words[0], withIds(words[1]), end < 0 ? "" : withIds(text.substring(end + 1)));
    if (!ANSWERS.contains(answer.status())) {
      throw new AssertionError(answer.toString());
    }
  }

  private static String withIds(String text) {
    String replaced = text;
    if (text.indexOf('<') >= 0) {
      for (Map.Entry<String, String> id : IDS.entrySet()) {
        replaced = replaced.replace(id.getKey(), id.getValue());
      }
    }
    return replaced;
  }

  private static synchronized Console console() {
    if (console == null || console.store().revision() > WRITES) {
      if (console != null) {
        console.close();
      }
      console = fresh();
    }
    return console;
  }

  private static Console fresh() {
    try {
      Path memory = Path.of("/dev/shm");
      Path data =
          Files.isDirectory(memory)
              ? Files.createTempDirectory(memory, "gatehouse-fuzz")
              : Files.createTempDirectory("gatehouse-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
      Console made = new Console(data);
      furnish(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path data) {
    try (var files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(data);
    } catch (IOException gone) {
      // the process ends
    }
  }

  private static final String HTTP =
      "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"ANY\","
          + "\"integrationUri\":\"http://b.test\",\"payloadFormatVersion\":\"1.0\"}";

  private static final String SOCKET = "{\"integrationType\":\"MOCK\"}";

  private static final String AUTHORIZER =
      "{\"name\":\"a\",\"authorizerType\":\"REQUEST\",\"identitySource\":[],\"authorizerUri\":"
          + "\"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:"
          + "000000000000:function:f/invocations\"%s}";

  private static void note(String api, String name, String id) {
    IDS.put("<" + api + "." + name + ">", id);
  }

  private static void furnish(Console made) {
    String api =
        "{\"name\":\"a\",\"protocolType\":\"%s\",\"tags\":{\"_custom_id_\":\"%s\"},"
            + "\"routeSelectionExpression\":\"%s\"}";
    made.post("/v2/apis", api.formatted("HTTP", "http", "$request.method $request.path")).ok(201);
    made.post("/v2/apis", api.formatted("WEBSOCKET", "socket", "$request.body.action")).ok(201);
    for (String id : new String[] {"http", "socket"}) {
      String path = "/v2/apis/" + id;
      String version = id.equals("http") ? ",\"authorizerPayloadFormatVersion\":\"2.0\"" : "";
      note(id, "routeId", made.route(id, "$default"));
      note(
          id,
          "authorizerId",
          made.post(path + "/authorizers", AUTHORIZER.formatted(version))
              .ok(201)
              .text("authorizerId"));
      String integration = id.equals("http") ? HTTP : SOCKET;
      note(
          id,
          "integrationId",
          made.post(path + "/integrations", integration).ok(201).text("integrationId"));
      note(id, "deploymentId", made.post(path + "/deployments", "{}").ok(201).text("deploymentId"));
      made.post("/v2/apis/" + id + "/stages", "{\"stageName\":\"dev\",\"autoDeploy\":true}")
          .ok(201);
    }
    made.post(
            "/v2/domainnames",
            "{\"domainName\":\"d.example.com\",\"routingMode\":\"ROUTING_RULE_THEN_API_MAPPING\","
                + "\"domainNameConfigurations\":[{\"certificateArn\":\"arn:c\"}]}")
        .ok(201);
  }
}
