package dev.gatehouse.client;

import software.amazon.awssdk.services.apigatewayv2.model.CreateDomainNameRequest;
import software.amazon.awssdk.services.apigatewayv2.model.DomainNameConfiguration;
import software.amazon.awssdk.services.apigatewayv2.model.EndpointType;
import software.amazon.awssdk.services.apigatewayv2.model.SecurityPolicy;

/**
 * A domain of one's own that is wanted.
 *
 * @param certificateArn of a certificate for it
 */
public record DomainSpec(String name, String certificateArn) {

  CreateDomainNameRequest request() {
    return CreateDomainNameRequest.builder()
        .domainName(name)
        .domainNameConfigurations(
            DomainNameConfiguration.builder()
                .certificateArn(certificateArn)
                .endpointType(EndpointType.REGIONAL)
                .securityPolicy(SecurityPolicy.TLS_1_2)
                .build())
        .build();
  }
}
