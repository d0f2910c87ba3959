package dev.gatehouse.client;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Finds the listener behind a URL: AWS names private backends by ARN, people by URL. */
record Listeners(Session session) {

  String arn(URI url) {
    String step = "find the listener of " + url;
    String host = url.getHost();
    if (host == null) {
      throw new StepFailed(step, "it names no host", null, List.of());
    }
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    LoadBalancer balancer =
        session
            .run(
                step,
                () ->
                    session
                        .clients()
                        .balancers()
                        .describeLoadBalancersPaginator()
                        .loadBalancers()
                        .stream()
                        .filter(each -> host.equalsIgnoreCase(each.dnsName()))
                        .findFirst())
            .orElseThrow(() ->
                new StepFailed(
                    step,
                    "no load balancer of this account and region has the DNS name " + host,
                    null,
                    List.of()));
    return session
        .run(
            step,
            () ->
                session
                    .clients()
                    .balancers()
                    .describeListenersPaginator(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
                    .listeners()
                    .stream()
                    .filter(each -> each.port() == port)
                    .map(each -> each.listenerArn())
                    .findFirst())
        .orElseThrow(() ->
            new StepFailed(
                step,
                "the load balancer "
                    + balancer.loadBalancerName()
                    + " has no listener on port "
                    + port,
                null,
                List.of()));
  }
}
