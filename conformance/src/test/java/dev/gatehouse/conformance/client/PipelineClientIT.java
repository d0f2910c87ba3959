package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.Stage;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;

/** The pipeline's API by its script, which is the AWS CLI, and by the Java client: the same. */
class PipelineClientIT {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("gatehouse.home", "../dist/target/gatehouse"))
          .resolve("examples/image-pipeline/script")
          .toAbsolutePath()
          .normalize();

  @TempDir private Path folder;

  @Test
  void theClientsPipelineIsTheScriptsMemberForMember() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          Backend balancer = Backend.start();
          Gateways gateways =
              Gateways.builder()
                  .endpoint(gw.url().toString())
                  .region("us-east-1")
                  .credentials("test", "test")
                  .build()) {
        String arn = Functions.create(lambda, "client-pipeline", Probe.class, 20);
        String host = URI.create(balancer.url()).getAuthority();
        Files.writeString(folder.resolve("settings"), "");
        Map<String, String> settings = new HashMap<>();
        settings.put("DDN_ENV_FILE", folder.resolve("settings").toString());
        settings.put("AWS_ENDPOINT_URL", gw.url().toString());
        settings.put("AWS_REGION", "us-east-1");
        settings.put("ACCOUNT_ID", "000000000000");
        settings.put("DDN_APIGW_NAME", "pipeline-by-script");
        settings.put("DDN_LAMBDA_FUNC_NAME", "client-pipeline");
        settings.put("DDN_ALB_DNS", host);
        Program.Result made =
            Program.run(folder, settings, SCRIPTS.resolve("apigw_00_create_api.sh").toString());
        assertThat(made.exit()).as(made.output()).isZero();
        Matcher id = Pattern.compile("pipeline-by-script \\((\\w+)\\)").matcher(made.output());
        assertThat(id.find()).as(made.output()).isTrue();
        Stage stage =
            ClientExamples.pipeline(gateways, "pipeline-by-script", arn, "http://" + host + "/");
        assertThat(whole(gw.control(), stage.apiId())).isEqualTo(whole(gw.control(), id.group(1)));
        gateways.api(id.group(1)).delete();
        gateways.api(stage.apiId()).delete();
        lambda.deleteFunction(r -> r.functionName("client-pipeline"));
      }
    });
  }

  /** Every member of an API and all below it, but for ids and times. */
  private static Map<String, Object> whole(Control control, String id) throws IOException {
    String path = "/v2/apis/" + id;
    Map<String, String> names = new HashMap<>();
    Map<String, Object> whole = new TreeMap<>();
    whole.put("api", members(control.get(path).json(), names));
    for (JsonNode each : control.get(path + "/integrations").json().path("items")) {
      names.put(each.path("integrationId").asString(), each.path("integrationUri").asString());
    }
    for (String kind : List.of("integrations", "routes", "stages", "authorizers", "models")) {
      TreeSet<String> items = new TreeSet<>();
      control
          .get(path + "/" + kind)
          .json()
          .path("items")
          .forEach(each -> items.add(members(each, names).toString()));
      whole.put(kind, items);
    }
    return whole;
  }

  private static Map<String, String> members(JsonNode item, Map<String, String> names) {
    Map<String, String> members = new TreeMap<>();
    item.forEachEntry((name, value) -> {
      if (name.equals("target")) {
        String target = value.asString().replace("integrations/", "");
        members.put(name, String.valueOf(names.get(target)));
      } else if (!name.matches("(.*Id|.*Date|apiEndpoint)")) {
        members.put(name, value.toString().replaceAll("ID '\\w+'", "ID")); // of the deployment
      }
    });
    return members;
  }
}
