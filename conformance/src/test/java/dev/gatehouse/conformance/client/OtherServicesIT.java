package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.Eventually.eventually;
import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Ensured.Change;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Finding.Kind;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.PrivateIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.StepFailed;
import dev.gatehouse.client.VpcLinkSpec;
import dev.gatehouse.client.WebSocketApiSpec;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.OtherServices;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.VpcLinkStatus;

/** What the client asks of services that Gatehouse does not have. */
class OtherServicesIT {
  private static final String URL = "http://" + OtherServices.BALANCER + ":8080/";

  private static Gateways gateways(String url, String account) {
    return Gateways.builder()
        .endpoint(url)
        .region("us-east-1")
        .credentials(account, "test")
        .build();
  }

  /** What a test does with a client. */
  private interface Use {
    void with(RunningGatehouse gw, OtherServices others, Gateways gateways) throws Exception;
  }

  private static void with(String account, Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (OtherServices others = OtherServices.before(gw);
          Gateways gateways = gateways(others.url(), account)) {
        use.with(gw, others, gateways);
      }
    });
  }

  @Test
  void aListenerIsFoundByTheUrlOfItsBalancerOrTheFailureSaysWhyNot() throws Exception {
    with(
        "610000000001",
        (gw, others, gateways) -> {
          assertThat(gateways.listenerArn(URL)).isEqualTo(OtherServices.LISTENER);
          assertThatThrownBy(() -> gateways.listenerArn("http://" + OtherServices.BALANCER))
              .isInstanceOf(StepFailed.class)
              .hasMessageContaining("inside has no listener on port 80");
          assertThatThrownBy(() -> gateways.listenerArn("https://" + OtherServices.BALANCER))
              .hasMessageContaining("no listener on port 443");
          assertThatThrownBy(() -> gateways.listenerArn("http://other.elb.amazonaws.com:8080"))
              .hasMessageContaining("has the DNS name other.elb.amazonaws.com");
          assertThatThrownBy(() -> gateways.listenerArn("balancer"))
              .hasMessageContaining("it names no host");
        });
  }

  @Test
  void whatIsThrottledOrChangedByAnotherIsTriedAgainAndOtherConflictsAreNot() throws Exception {
    Deque<String> answers =
        new ArrayDeque<>(
            List.of(
                "429 TooManyRequestsException Too Many Requests",
                "409 ConflictException Unable to complete operation due to concurrent modification."
                    + " Please try again later.",
                "200 - -",
                "409 ConflictException It is there already"));
    try (Backend aws =
            Backend.start(exchange -> {
              String[] answer = answers.pop().split(" ", 3);
              exchange.getResponseHeaders().set("x-amzn-ErrorType", answer[1]);
              String body = answer[0].equals("200") ? "{\"items\":[]}" : "{\"message\":\"%s\"}";
              Backend.text(exchange, Integer.parseInt(answer[0]), body.formatted(answer[2]));
            });
        Gateways gateways = gateways(aws.url(), "610000000004")) {
      assertThat(gateways.apis()).isEmpty();
      assertThatThrownBy(gateways::apis)
          .isInstanceOfSatisfying(
              StepFailed.class, failed -> assertThat(failed.type()).isEqualTo("ConflictException"))
          .hasMessageContaining("It is there already");
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void aPrivateIntegrationMakesItsLinkOnceAndFindsItsListener() throws Exception {
    with(
        "610000000002",
        (gw, others, gateways) -> {
          VpcLinkSpec link = VpcLinkSpec.of("inside", "subnet-1").securityGroups("sg-1");
          PrivateIntegration inside = PrivateIntegration.of(URL, link).method("GET").tls("inside");
          Api api = gateways.create(HttpApiSpec.named("private"));
          Integration made = api.create(inside);
          try (ApiGatewayV2Client sdk = gw.apis("610000000002", "test")) {
            var links = sdk.getVpcLinks(r -> {}).items();
            assertThat(links).hasSize(1);
            assertThat(links.getFirst().vpcLinkStatus()).isEqualTo(VpcLinkStatus.AVAILABLE);
            assertThat(links.getFirst().subnetIds()).containsExactly("subnet-1");
            assertThat(links.getFirst().securityGroupIds()).containsExactly("sg-1");
            var integration = sdk.getIntegration(r -> r.apiId(api.id()).integrationId(made.id()));
            assertThat(integration.connectionId()).isEqualTo(links.getFirst().vpcLinkId());
            assertThat(integration.integrationUri()).isEqualTo(OtherServices.LISTENER);
            assertThat(integration.tlsConfig().serverNameToVerify()).isEqualTo("inside");
            assertThat(api.ensure(inside).change()).isEqualTo(Change.UNCHANGED);
            assertThat(sdk.getVpcLinks(r -> {}).items()).hasSize(1);
          }
        });
  }

  @Test
  void stagesWithoutTrafficAreThoseThatCloudWatchCountedNothingFor() throws Exception {
    with(
        "610000000003",
        (gw, others, gateways) -> {
          Api shop = gateways.create(HttpApiSpec.named("shop"));
          Api chat = gateways.create(WebSocketApiSpec.named("chat"));
          shop.create(RouteSpec.of("GET /a"));
          chat.create(RouteSpec.of("say"));
          shop.create(StageSpec.of("busy").deployment(shop.deploy("all")));
          shop.create(StageSpec.of("idle").deployment(shop.deploy("all")));
          shop.create(StageSpec.of("undeployed").withoutAutoDeploy());
          chat.create(StageSpec.of("talks").deployment(chat.deploy("all")));
          others.count("Count", shop.id(), "busy", 1);
          others.count("MessageCount", chat.id(), "talks", 3);
          assertThat(gateways.upkeep().stagesWithoutTraffic(Duration.ofDays(1)))
              .as("stages that are younger than that")
              .isEmpty();
          List<Finding> idle =
              eventually(
                  "stages older than two seconds",
                  Duration.ofSeconds(10),
                  () ->
                      Optional.of(gateways.upkeep().stagesWithoutTraffic(Duration.ofSeconds(2)))
                          .filter(found -> !found.isEmpty()));
          assertThat(idle).hasSize(1);
          assertThat(idle.getFirst().kind()).isEqualTo(Kind.STAGE_WITHOUT_TRAFFIC);
          assertThat(idle.getFirst().id()).isEqualTo("idle");
          assertThat(idle.getFirst().detail()).startsWith("since ");
          assertThat(gateways.upkeep().stagesWithoutTraffic(Duration.ofDays(500)))
              .as("nobody knows for so long")
              .isEmpty();
          gateways.upkeep().clean(idle);
          assertThat(shop.stages()).extracting(stage -> stage.name()).doesNotContain("idle");
        });
  }
}
