package dev.gatehouse.control;

import dev.gatehouse.model.DomainName;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a custom domain name may be (control-plane.md section 13 [C]). */
final class DomainNameRules {
  /** Labels in lower case, at least two; {@code *} only as the first. */
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]*[a-z0-9])?");

  /** The hosted zone of AWS's own regional names in us-east-1; ours have none to tell. */
  private static final String HOSTED_ZONE = "Z1UJRXOUMOOFQ8";

  private DomainNameRules() {}

  static ObjectNode defaults() {
    ObjectNode body =
        Desk.object()
            .put("apiMappingSelectionExpression", "$request.basepath")
            .put("routingMode", "API_MAPPING_ONLY");
    body.putArray("domainNameConfigurations");
    body.putObject("tags");
    return body;
  }

  /** The members that AWS adds to a configuration [C]. */
  static void complete(ObjectNode configuration, Supplier<String> regionalName) {
    putIfAbsent(configuration, "endpointType", () -> "REGIONAL");
    putIfAbsent(configuration, "securityPolicy", () -> "TLS_1_2");
    putIfAbsent(configuration, "ipAddressType", () -> "ipv4");
    putIfAbsent(configuration, "apiGatewayDomainName", regionalName);
    putIfAbsent(configuration, "hostedZoneId", () -> HOSTED_ZONE);
    configuration.put("domainNameStatus", "AVAILABLE");
  }

  private static void putIfAbsent(ObjectNode into, String member, Supplier<String> value) {
    if (!into.has(member)) {
      into.put(member, value.get());
    }
  }

  static void check(ObjectNode body, Limits limits) {
    DomainName domain = Desk.bind(body, DomainName.class);
    checkName(domain.domainName());
    TagRules.check(domain.tags(), limits);
    MutualTlsRules.check(domain.mutualTlsAuthentication());
    List<DomainName.Configuration> configurations = domain.domainNameConfigurations();
    if (configurations.size() != 1) {
      throw OwnRefusals.invalid("domainNameConfigurations", "a domain has exactly one");
    }
    DomainName.Configuration configuration = configurations.getFirst();
    if (configuration.certificateArn() == null) {
      throw OwnRefusals.required("certificateArn");
    }
    if (!"REGIONAL".equals(configuration.endpointType())) {
      throw OwnRefusals.invalid("endpointType", "it is REGIONAL");
    }
    if (!"TLS_1_2".equals(configuration.securityPolicy())) {
      throw OwnRefusals.invalid("securityPolicy", "it is TLS_1_2");
    }
  }

  /** Nobody can register the names under which APIs are reached anyway. */
  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw OwnRefusals.invalid("domainName", "it is a domain name in lower case");
    }
    boolean ours =
        name.endsWith(".amazonaws.com") || List.of(name.split("\\.")).contains("execute-api");
    if (ours) {
      throw OwnRefusals.invalid("domainName", "names of the service itself cannot be registered");
    }
  }
}
