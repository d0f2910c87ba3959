package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Signing;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** Where {@code @connections} is reached, and by whom. */
class WebSocketCallbacksIT {
  private static final Signing ROOT = Signing.by(AwsBasicCredentials.create("test", "test"));

  /** What a test does with a connection. */
  private interface Use {
    void with(RunningGatehouse gatehouse, SocketApi api, RawWebSocket socket, String id)
        throws Exception;
  }

  private static void withConnection(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          socket.text("who am I");
          String id = Reply.parse(socket.message()).at("/requestContext/connectionId").asString();
          use.with(gw, api, socket, id);
        }
      }
    });
  }

  @Test
  void everyFormOfTheAddressReachesTheConnection() throws Exception {
    withConnection((gw, api, socket, id) -> {
      String escaped = id.replace("=", "%3D");
      String local = "localhost:" + gw.port();
      for (List<String> form :
          List.of(
              List.of(api.host(), "/prod/@connections/" + id),
              List.of(api.host(), "/prod/%40connections/" + escaped),
              List.of(local, "/_gatehouse/apis/" + api.id() + "/prod/@connections/" + escaped),
              List.of(local, "/_aws/execute-api/" + api.id() + "/prod/%40connections/" + id),
              List.of(local, "/prod/@connections/" + escaped))) {
        String host = form.getFirst();
        String path = form.getLast();
        assertThat(ROOT.header(host, "POST", path, path).send(gw.http()).status())
            .as(path)
            .isEqualTo(200);
        assertThat(socket.message()).isEqualTo(path);
        Reply told = ROOT.header(host, "GET", path, "").send(gw.http());
        assertThat(told.json().at("/identity/sourceIp").asString()).isEqualTo("127.0.0.1");
        Reply put = ROOT.header(host, "PUT", path, "x").send(gw.http());
        assertThat(put.status()).as("%s", put).isEqualTo(403);
      }
    });
  }

  @Test
  void aConnectionIsItsStagesOwn() throws Exception {
    withConnection((gw, api, socket, id) -> {
      gw.control()
          .create(
              api.path("/stages"),
              "{\"stageName\":\"other\",\"deploymentId\":\"%s\"}".formatted(api.deploy()));
      Reply other =
          ROOT.header(api.host(), "POST", "/other/@connections/" + id, "x").send(gw.http());
      assertThat(other.status()).isEqualTo(410);
      assertThat(other.text()).isEmpty();
      try (SocketApi neighbour = SocketApi.create(gw)) {
        neighbour.oneWay("$default", neighbour.mock("x"));
        neighbour.serve();
        Reply strange =
            ROOT.header(neighbour.host(), "DELETE", "/prod/@connections/" + id, "").send(gw.http());
        assertThat(strange.status()).isEqualTo(410);
      }
      Reply none = ROOT.header(api.host(), "POST", "/none/@connections/" + id, "x").send(gw.http());
      assertThat(none.status()).isEqualTo(403);
      assertThat(none.text()).isEqualTo("{\"message\":\"Forbidden\"}");
      assertThat(ROOT.header(api.host(), "GET", "/prod/@connections/" + id, "").send(gw.http()))
          .extracting(Reply::status)
          .isEqualTo(200);
    });
  }

  @Test
  void whoMayNotManageConnectionsIsToldSo() throws Exception {
    withConnection((gw, api, socket, id) -> {
      String user = "clerk-" + UUID.randomUUID();
      try (IamClient iam = gw.iam()) {
        iam.createUser(r -> r.userName(user));
        AccessKey key = iam.createAccessKey(r -> r.userName(user)).accessKey();
        Signing clerk =
            Signing.by(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        String path = "/prod/@connections/" + id;
        Reply denied = clerk.header(api.host(), "POST", path, "x").send(gw.http());
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text())
            .contains("is not authorized to perform: execute-api:ManageConnections on resource:")
            .contains(
                "arn:aws:execute-api:us-east-1:********0000:"
                    + api.id()
                    + "/prod/POST/@connections/{connectionId}")
            .doesNotContain(id);
        iam.putUserPolicy(r ->
            r.userName(user)
                .policyName("p")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Action":"execute-api:ManageConnections",
                     "Resource":"arn:aws:execute-api:us-east-1:000000000000:%s/prod/POST/@connections/*"}]}\
                    """
                        .formatted(api.id())));
        assertThat(clerk.header(api.host(), "POST", path, "now").send(gw.http()).status())
            .isEqualTo(200);
        assertThat(socket.message()).isEqualTo("now");
        assertThat(clerk.header(api.host(), "DELETE", path, "").send(gw.http()).status())
            .isEqualTo(403);
      }
    });
  }

  @Test
  void aDisabledEndpointClosesBothButKeepsWhoIsConnected() throws Exception {
    withConnection((gw, api, socket, id) -> {
      gw.control().patch(api.path(""), "{\"disableExecuteApiEndpoint\":true}");
      String path = "/prod/@connections/" + id;
      assertThat(ROOT.header(api.host(), "GET", path, "").send(gw.http()).status()).isEqualTo(200);
      gw.control()
          .patch(api.path("/stages/prod"), "{\"deploymentId\":\"%s\"}".formatted(api.deploy()));
      for (String form : List.of("", "/_gatehouse/apis/" + api.id())) {
        String host = form.isEmpty() ? api.host() : "localhost:" + gw.port();
        assertThat(ROOT.header(host, "GET", form + path, "").send(gw.http()).status())
            .as(form)
            .isEqualTo(403);
        try (RawWebSocket refused = new RawWebSocket(gw.http().address(), host, form + "/prod")) {
          assertThat(refused.status()).isEqualTo(403);
        }
      }
      socket.text("still here");
      assertThat(socket.message()).contains("still here");
    });
  }
}
