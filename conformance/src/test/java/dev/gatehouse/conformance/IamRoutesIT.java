package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Signing;
import dev.gatehouse.conformance.rig.Signing.Signed;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import tools.jackson.databind.JsonNode;

/** Routes with AWS_IAM: requests that the AWS SDK signed, and the same requests spoiled. */
class IamRoutesIT {
  private static final AwsCredentials ROOT = AwsBasicCredentials.create("test", "test");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
       "Principal":{"AWS":"arn:aws:iam::000000000000:root"}}}\
      """;

  /** What a test asks of an API whose routes are signed for. */
  private interface Questions {
    void ask(RunningGatehouse gatehouse, HttpApi api, Http http) throws Exception;
  }

  private static void withApi(Questions questions, String... keys) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String echo = api.function(ProbeFunction.arn(gw));
        Control control = gw.control();
        for (String key : keys) {
          control.create(
              api.path("/routes"),
              "{\"routeKey\":\"%s\",\"target\":\"integrations/%s\",\"authorizationType\":\"AWS_IAM\"}"
                  .formatted(key, echo));
        }
        questions.ask(gw, api.serve(), http);
      }
    });
  }

  private static void assertForbidden(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(403);
    assertThat(reply.text()).isEqualTo("{\"message\":\"Forbidden\"}");
  }

  private static JsonNode event(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json();
  }

  private static String policy(String effect, HttpApi api, String resource) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"%s","Action":"execute-api:Invoke",
     "Resource":"arn:aws:execute-api:us-east-1:000000000000:%s/%s"}]}\
    """
        .formatted(effect, api.id(), resource);
  }

  /** Credentials of a role that may do what a policy says. */
  private static AwsCredentials session(RunningGatehouse gw, String role, String policy) {
    try (IamClient iam = gw.iam();
        StsClient sts = gw.sts()) {
      iam.createRole(r -> r.roleName(role).assumeRolePolicyDocument(TRUST));
      iam.putRolePolicy(r -> r.roleName(role).policyName("p").policyDocument(policy));
      Credentials given =
          sts.assumeRole(
                  r -> r.roleArn("arn:aws:iam::000000000000:role/" + role).roleSessionName("me"))
              .credentials();
      return AwsSessionCredentials.create(
          given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }
  }

  @Test
  @Vector("H98")
  void whoDidNotSignIsForbidden() throws Exception {
    withApi((gw, api, http) -> assertForbidden(api.get("/x")), "GET /x");
  }

  @Test
  @Vector("H99")
  void aRolesSessionIsToldToTheFunction() throws Exception {
    withApi(
        (gw, api, http) -> {
          AwsCredentials session = session(gw, "caller", policy("Allow", api, "$default/GET/x*"));
          JsonNode iam =
              event(Signing.by(session).header(api, "GET", "/x", "").send(http))
                  .at("/requestContext/authorizer/iam");
          assertThat(iam.path("userArn").asString())
              .isEqualTo("arn:aws:sts::000000000000:assumed-role/caller/me");
          assertThat(iam.path("userId").asString()).matches("AROA[A-Z2-7]{17}:me");
          assertThat(iam.path("callerId")).isEqualTo(iam.path("userId"));
          assertThat(iam.path("accountId").asString()).isEqualTo("000000000000");
          assertThat(iam.path("accessKey").asString()).isEqualTo(session.accessKeyId());
          assertThat(iam.path("cognitoIdentity").isNull()).isTrue();
          assertThat(iam.path("principalOrgId").isNull()).isTrue();
          assertThat(iam.size()).isEqualTo(7);
        },
        "GET /x");
  }

  @Test
  void logsTellWhoSignedAndWhyOthersWereRefused() throws Exception {
    withApi(
        (gw, api, http) -> {
          AccessLog log =
              AccessLog.of(
                  gw,
                  api,
                  "$context.status|$context.identity.accessKey|$context.identity.accountId"
                      + "|$context.identity.caller|$context.identity.user|$context.identity.userArn"
                      + "|$context.identity.principalOrgId|$context.authorizer.error"
                      + "|$context.requestId");
          AwsCredentials session = session(gw, "logged", policy("Allow", api, "$default/GET/x"));
          event(Signing.by(session).header(api, "GET", "/x", "").send(http));
          assertForbidden(Signing.by(session).header(api, "GET", "/y", "").send(http));
          assertForbidden(api.get("/x"));
          assertThat(log.lines(3))
              .satisfiesExactly(
                  signed ->
                      assertThat(signed)
                          .matches(
                              "200\\|%s\\|000000000000\\|(AROA[A-Z2-7]{17}:me)\\|\\1\\|%s\\|-\\|-\\|.+"
                                  .formatted(
                                      session.accessKeyId(),
                                      "arn:aws:sts::000000000000:assumed-role/logged/me")),
                  denied ->
                      assertThat(denied)
                          .startsWith(
                              "403|-|-|-|-|-|-|User: arn:aws:sts::000000000000:assumed-role/logged/me"
                                  + " is not authorized to perform: execute-api:Invoke on resource:"),
                  unsigned ->
                      assertThat(unsigned)
                          .startsWith("403|-|-|-|-|-|-|Missing Authentication Token|"));
        },
        "GET /x",
        "GET /y");
  }

  @Test
  void aRoleMayDoWhatItsPoliciesSayAtThatMoment() throws Exception {
    withApi(
        (gw, api, http) -> {
          Signing session =
              Signing.by(session(gw, "narrow", policy("Allow", api, "$default/GET/x/*")));
          event(session.header(api, "GET", "/x/1", "").send(http));
          assertForbidden(session.header(api, "PUT", "/x/1", "").send(http));
          try (IamClient iam = gw.iam()) {
            iam.putRolePolicy(r ->
                r.roleName("narrow")
                    .policyName("deny")
                    .policyDocument(policy("Deny", api, "*/x/2")));
            event(session.header(api, "GET", "/x/1", "").send(http));
            assertForbidden(session.header(api, "GET", "/x/2", "").send(http));
            iam.deleteRolePolicy(r -> r.roleName("narrow").policyName("p"));
            assertForbidden(session.header(api, "GET", "/x/1", "").send(http));
          }
        },
        "ANY /x/{id}");
  }

  @Test
  void aSignatureMayStandInTheQuery() throws Exception {
    withApi(
        (gw, api, http) -> {
          Signed signed = Signing.by(ROOT).query(api, "GET", "/x?a=1");
          assertThat(event(signed.send(http)).at("/queryStringParameters/a").asString())
              .isEqualTo("1");
          Signed spoiled =
              new Signed(
                  "GET", signed.target().replace("a=1", "a=2"), signed.headers(), new byte[0]);
          assertForbidden(spoiled.send(http));
          assertForbidden(signed.with("a body that nobody signed").send(http));
          Signing late = new Signing(ROOT, "execute-api", "us-east-1", Duration.ofMinutes(3));
          assertForbidden(late.query(api, "GET", "/x").send(http));
        },
        "GET /x");
  }

  @Test
  void whatTheSdkSignsIsAcceptedHoweverOddItLooks() throws Exception {
    withApi(
        (gw, api, http) -> {
          List<String> targets =
              List.of(
                  "/x/a%20b",
                  "/x/%C3%BC%E2%82%AC",
                  "/x/a%2Fb",
                  "/x/a%252Fb",
                  "/x/~a-b_c.d",
                  "/x/(a)'!*",
                  "/x/a+b",
                  "/x/a:b@c,d;e=f",
                  "/x//double",
                  "/x/q?b=2&a=1&a=0",
                  "/x/q?a",
                  "/x/q?a=&b",
                  "/x/q?a=%20+%2B",
                  "/x/q?%C3%BC=%E2%82%AC&A=1&a=2",
                  "/x/q?a=b=c&d=/?",
                  "/x/q?x=~-_.!*'()");
          for (String target : targets) {
            Signed signed =
                Signing.by(ROOT)
                    .header(
                        api,
                        "GET",
                        target,
                        "",
                        "X-Twice: one",
                        "X-Twice: two",
                        "X-Gaps:   a    b  ",
                        "X-Empty: ",
                        "X-Text: \u00fc\u20ac");
            assertThat(signed.send(http).status()).as(target).isEqualTo(200);
          }
        },
        "GET /x/{proxy+}");
  }

  @Test
  void bodiesAreCovered() throws Exception {
    withApi(
        (gw, api, http) -> {
          Signed signed =
              Signing.by(ROOT).header(api, "POST", "/x", "a body", "Content-Type: text/plain");
          assertThat(event(signed.send(http)).path("body").asString()).isEqualTo("a body");
          assertForbidden(signed.with("A body").send(http));
          assertForbidden(signed.with("").send(http));
        },
        "POST /x");
  }

  /** HTTP's version and framing are not signed; of header names the case does not matter. */
  @Test
  void noChangedByteIsAccepted() throws Exception {
    withApi(
        (gw, api, http) -> {
          Signed signed =
              Signing.by(ROOT)
                  .header(api, "POST", "/x?first=1&second=two", "a body", "X-Own: mine");
          String text =
              "POST %s HTTP/1.1\r\n%s\r\nContent-Length: 6\r\n\r\na body"
                  .formatted(signed.target(), String.join("\r\n", signed.headers()));
          byte[] request = text.getBytes(StandardCharsets.UTF_8);
          assertThat(http.exchange(request, false).status()).isEqualTo(200);
          List<String> accepted = new ArrayList<>();
          for (int i = 0; i < request.length; i++) {
            for (int mask : new int[] {0x01, 0x20}) {
              byte[] changed = request.clone();
              changed[i] ^= (byte) mask;
              if (isCovered(text, i, mask) && accepts(http, changed)) {
                accepted.add(text.substring(0, i) + ">" + (char) changed[i] + "<");
              }
            }
          }
          assertThat(accepted).isEmpty();
        },
        "POST /x");
  }

  private static boolean accepts(Http http, byte[] request) {
    try {
      return http.exchange(request, false).status() == 200;
    } catch (IOException cut) {
      return false;
    }
  }

  private static boolean isCovered(String request, int at, int mask) {
    int line = request.lastIndexOf('\n', at - 1) + 1;
    int colon = request.indexOf(':', line);
    boolean version = line == 0 && at > request.indexOf(" HTTP/");
    boolean framing = "\r\n".indexOf(request.charAt(at)) >= 0;
    boolean length = request.startsWith("Content-Length", line);
    boolean name = line > 0 && at < colon && line < request.indexOf("\r\n\r\n");
    return !version && !framing && !length && !(name && mask == 0x20);
  }
}
