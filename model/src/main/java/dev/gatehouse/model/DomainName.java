package dev.gatehouse.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A custom domain name (control-plane.md section 13). */
public record DomainName(
    String domainName,
    String domainNameArn,
    String apiMappingSelectionExpression,
    List<Configuration> domainNameConfigurations,
    @Nullable MutualTls mutualTlsAuthentication,
    String routingMode,
    Map<String, String> tags) {

  /** How the name is served. */
  public record Configuration(
      @Nullable String apiGatewayDomainName,
      @Nullable String certificateArn,
      @Nullable String certificateName,
      @Nullable String domainNameStatus,
      @Nullable String endpointType,
      @Nullable String hostedZoneId,
      @Nullable String ipAddressType,
      @Nullable String ownershipVerificationCertificateArn,
      @Nullable String securityPolicy) {}

  /** The certificate authorities that clients must have their certificate from. */
  public record MutualTls(@Nullable String truststoreUri, @Nullable String truststoreVersion) {}
}
