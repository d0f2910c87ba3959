package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Vector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogIT {
  @TempDir Path directory;

  @Test
  @Vector({"H110", "H111", "K39"})
  void requestsAreLinesInTheFileOfTheLogGroup() throws Exception {
    Path data = directory.resolve("data");
    String group = "arn:aws:logs:us-east-1:000000000000:log-group:";
    try (RunningGatehouse gw = RunningGatehouse.start(data);
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      String stage = api.path("/stages/%24default");
      log(gw, stage, group + "/aws/clf:*", COMMON);
      Reply reply = api.get("/x");
      assertThat(reply.status()).isEqualTo(200);
      log(gw, stage, group + "other", "$context.requestId $context.authorizer.error");
      Reply other = api.get("/x");
      Reply deleted = gw.control().delete(api.path("/stages/%24default/accesslogsettings"));
      assertThat(deleted.status()).isEqualTo(204);
      assertThat(gw.control().get(stage).json().has("accessLogSettings")).isFalse();
      assertThat(api.get("/x").status()).isEqualTo(200);
      gw.stop();

      Path folder = data.resolve("logs/access/000000000000/us-east-1");
      List<String> clf = Files.readAllLines(folder.resolve("%2Faws%2Fclf.log"));
      assertThat(clf).hasSize(1);
      assertThat(clf.getFirst())
          .startsWith("127.0.0.1 - - [")
          .endsWith(
              "] \"GET GET /x HTTP/1.1\" 200 %d %s".formatted(reply.body().length, id(reply)));
      assertThat(Files.readAllLines(folder.resolve("other.log"))).containsExactly(id(other) + " -");
      gw.restart();
    }
  }

  private static final String COMMON =
      "$context.identity.sourceIp - - [$context.requestTime] \\\"$context.httpMethod"
          + " $context.routeKey $context.protocol\\\" $context.status $context.responseLength"
          + " $context.requestId";

  private static String id(Reply reply) {
    return reply.header("apigw-requestid").orElseThrow();
  }

  private static void log(RunningGatehouse gw, String stage, String group, String format)
      throws Exception {
    String json = "{\"accessLogSettings\":{\"destinationArn\":\"%s\",\"format\":\"%s\"}}";
    Reply reply = gw.control().patch(stage, json.formatted(group, format));
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
  }
}
