package dev.gatehouse.client;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.CreateVpcLinkRequest;

/** A way into a VPC that is wanted. Its name says which one it is. */
public record VpcLinkSpec(String name, List<String> subnetIds, List<String> securityGroupIds) {

  public VpcLinkSpec {
    subnetIds = List.copyOf(subnetIds);
    securityGroupIds = List.copyOf(securityGroupIds);
  }

  /**
   * A link into those subnets.
   *
   * {@snippet class="SpecExamples" region="link"}
   */
  public static VpcLinkSpec of(String name, String... subnetIds) {
    return new VpcLinkSpec(name, List.of(subnetIds), List.of());
  }

  /**
   * The same under those security groups.
   *
   * {@snippet class="SpecExamples" region="link"}
   */
  public VpcLinkSpec securityGroups(String... ids) {
    return new VpcLinkSpec(name, subnetIds, List.of(ids));
  }

  CreateVpcLinkRequest request() {
    return CreateVpcLinkRequest.builder()
        .name(name)
        .subnetIds(subnetIds)
        .securityGroupIds(securityGroupIds.isEmpty() ? null : securityGroupIds)
        .build();
  }
}
