package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AwsCli;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The VPC links of v1, through a client that knows v1's wire. */
class VpcLinksV1IT {
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/nlb/50dc6c495c0c9188";

  @Test
  void theAwsCliMakesListsRenamesAndDeletesOne() throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli cli = gw.cli();
      JsonNode made =
          cli.json("apigateway", "create-vpc-link", "--name", "old", "--target-arns", BALANCER);
      String id = made.path("id").asString();
      assertThat(made.path("status").asString()).isEqualTo("PENDING");
      cli.json(
          "apigateway",
          "update-vpc-link",
          "--vpc-link-id",
          id,
          "--patch-operations",
          "op=replace,path=/name,value=new");
      JsonNode link = cli.json("apigateway", "get-vpc-links").path("items").path(0);
      assertThat(link.path("id").asString()).isEqualTo(id);
      assertThat(link.path("name").asString()).isEqualTo("new");
      assertThat(link.path("status").asString()).isEqualTo("AVAILABLE");
      assertThat(link.path("targetArns").path(0).asString()).isEqualTo(BALANCER);
      cli.json("apigateway", "delete-vpc-link", "--vpc-link-id", id);
      AwsCli.Result gone = cli.run("apigateway", "get-vpc-link", "--vpc-link-id", id);
      assertThat(gone.exit()).isNotZero();
      assertThat(gone.err()).contains("NotFoundException", "Invalid Vpc Link identifier specified");
    });
  }
}
