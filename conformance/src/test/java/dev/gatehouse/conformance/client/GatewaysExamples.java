package dev.gatehouse.conformance.client;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Domain;
import dev.gatehouse.client.DomainSpec;
import dev.gatehouse.client.Ensured;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StepFailed;
import dev.gatehouse.client.VpcLink;
import dev.gatehouse.client.VpcLinkSpec;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** Examples of {@link Gateways}; {@link ExamplesIT} runs them. */
final class GatewaysExamples {
  private GatewaysExamples() {}

  static List<Api> create() {
    // @start region="create"
    try (Gateways gateways = Gateways.create()) { // closed at the end, with its connections
      return gateways.apis();
    }
    // @end
  }

  static Gateways builder(String endpoint) {
    // @start region="builder"
    Gateways gateways =
        Gateways.builder()
            .endpoint(endpoint) // such as http://localhost:4566
            .region("us-east-1")
            .credentials("test", "test")
            .build();
    // @end
    return gateways;
  }

  static Gateways profile() {
    // @start region="profile"
    Gateways gateways =
        Gateways.builder()
            .region("eu-west-1")
            .credentials(ProfileCredentialsProvider.create("work"))
            .build();
    // @end
    return gateways;
  }

  static boolean read(Gateways gateways, String id) {
    // @start region="read"
    Api known = gateways.api(id);
    Optional<Api> items = gateways.find("items");
    List<Api> all = gateways.apis();
    // @end
    return items.isEmpty() && all.stream().anyMatch(each -> each.id().equals(known.id()));
  }

  static void vpcLinks(Gateways gateways) {
    // @start region="vpcLinks"
    VpcLink link = gateways.create(VpcLinkSpec.of("inside", "subnet-0a1b2c3d"));
    Ensured<VpcLink> same = gateways.ensure(VpcLinkSpec.of("inside", "subnet-0a1b2c3d"));
    gateways.delete(same.value()); // link is gone, too
    // @end
    if (!link.id().equals(same.value().id())) {
      throw new IllegalStateException("another link");
    }
  }

  static String listener(Gateways gateways) {
    // @start region="listener"
    String arn = gateways.listenerArn("http://internal-inside-1.us-east-1.elb.amazonaws.com:8080");
    // @end
    return arn;
  }

  static Domain domains(Gateways gateways, Stage prod, String certificateArn) {
    // @start region="domains"
    Domain domain = gateways.create(new DomainSpec("api.example.com", certificateArn));
    gateways.map(domain, "v1", prod); // https://api.example.com/v1 is served by it
    Ensured<Domain> same = gateways.ensure(new DomainSpec("api.example.com", certificateArn));
    gateways.delete(domain);
    // @end
    return same.value();
  }

  static List<String> together(Gateways gateways, String url) {
    // @start region="together"
    try {
      gateways.together(all -> {
        Api api = all.create(HttpApiSpec.named("half"));
        return api.create(RouteSpec.of("no key").to(api.create(HttpIntegration.of(url))));
      });
    } catch (StepFailed failed) {
      return failed.leftBehind(); // the API and its integration
    }
    // @end
    return List.of();
  }

  static String failure(Gateways gateways) {
    // @start region="failure"
    try {
      gateways.api("unknown");
    } catch (StepFailed failed) {
      String what = failed.step() + ": " + failed.type() + ", " + failed.status();
      String forSupport = failed.requestId();
      return what + ", request " + forSupport + ", left " + failed.leftBehind();
    }
    // @end
    return "";
  }
}
