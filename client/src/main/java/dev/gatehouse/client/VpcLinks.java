package dev.gatehouse.client;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.GetVpcLinksResponse;
import software.amazon.awssdk.services.apigatewayv2.model.VpcLinkStatus;

/** Calls about VPC links. */
record VpcLinks(Session session) {

  VpcLink create(VpcLinkSpec spec) {
    var made =
        session.run(
            "create the VPC link " + spec.name(),
            () -> session.apis().createVpcLink(spec.request()));
    VpcLink link = new VpcLink(made.vpcLinkId(), spec.name());
    session.created("the VPC link " + link.id(), () -> delete(link));
    awaitAvailable(link);
    return link;
  }

  Ensured<VpcLink> ensure(VpcLinkSpec spec) {
    var named =
        all().stream()
            .filter(each -> each.name().equals(spec.name()))
            .filter(each -> each.vpcLinkStatus() != VpcLinkStatus.DELETING)
            .toList();
    if (named.isEmpty()) {
      return Ensured.created(create(spec));
    }
    if (named.size() > 1) {
      throw refused(spec, named.size() + " have that name");
    }
    List<String> differing = Members.differing(spec.request(), named.get(0));
    if (!differing.isEmpty()) {
      throw refused(spec, "it is there with other " + String.join(", ", differing));
    }
    VpcLink link = new VpcLink(named.get(0).vpcLinkId(), spec.name());
    awaitAvailable(link);
    return Ensured.kept(link, List.of());
  }

  private static StepFailed refused(VpcLinkSpec spec, String why) {
    return new StepFailed("ensure the VPC link " + spec.name(), why, null, List.of());
  }

  private void awaitAvailable(VpcLink link) {
    Waiting.until("the VPC link " + link.name() + " to be available", () -> isAvailable(link));
  }

  private boolean isAvailable(VpcLink link) {
    var now =
        session.run(
            "read the VPC link " + link.name(),
            () -> session.apis().getVpcLink(r -> r.vpcLinkId(link.id())));
    if (now.vpcLinkStatus() == VpcLinkStatus.FAILED) {
      throw new StepFailed(
          "make the VPC link " + link.name() + " available",
          String.valueOf(now.vpcLinkStatusMessage()),
          null,
          List.of("the VPC link " + link.id()));
    }
    return now.vpcLinkStatus() == VpcLinkStatus.AVAILABLE;
  }

  void delete(VpcLink link) {
    session.remove(
        "delete the VPC link " + link.name(),
        () -> session.apis().deleteVpcLink(r -> r.vpcLinkId(link.id())));
    Waiting.until(
        "the VPC link " + link.name() + " to be gone",
        () ->
            session
                .find(
                    "read the VPC link " + link.name(),
                    () -> session.apis().getVpcLink(r -> r.vpcLinkId(link.id())))
                .isEmpty());
  }

  private List<software.amazon.awssdk.services.apigatewayv2.model.VpcLink> all() {
    return session.all(
        "list the VPC links",
        token -> session.apis().getVpcLinks(r -> r.nextToken(token).maxResults("100")),
        GetVpcLinksResponse::items,
        GetVpcLinksResponse::nextToken);
  }
}
