package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The access log of an API's default stage, read as CloudWatch's clients read it. */
public record AccessLog(RunningGatehouse gatehouse, String group) {

  /** Switches it on. */
  public static AccessLog of(RunningGatehouse gatehouse, HttpApi api, String format)
      throws IOException {
    String group = "access-" + api.id();
    Reply reply =
        gatehouse
            .control()
            .patch(
                api.path("/stages/%24default"),
                """
                {"accessLogSettings":{"format":"%s","destinationArn":
                 "arn:aws:logs:us-east-1:000000000000:log-group:%s"}}\
                """
                    .formatted(format, group));
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return new AccessLog(gatehouse, group);
  }

  /** Its lines, as soon as there are that many. */
  public List<String> lines(int many) throws Exception {
    return Eventually.eventually(
        many + " lines in " + group,
        Duration.ofSeconds(10),
        () -> {
          List<String> lines = lines();
          return lines.size() == many ? Optional.of(lines) : Optional.empty();
        });
  }

  private List<String> lines() throws IOException {
    List<String> headers = new ArrayList<>(gatehouse.control().signed("logs"));
    headers.add("X-Amz-Target: Logs_20140328.FilterLogEvents");
    headers.add("Content-Type: application/x-amz-json-1.1");
    String question = "{\"logGroupName\":\"" + group + "\"}";
    Reply reply = gatehouse.http().send("POST", "/", question, headers.toArray(String[]::new));
    List<String> lines = new ArrayList<>();
    reply.json().path("events").forEach(event -> lines.add(event.path("message").asString()));
    return lines;
  }
}
