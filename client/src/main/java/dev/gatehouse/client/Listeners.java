package dev.gatehouse.client;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Finds the listener behind a URL: AWS names private backends by ARN, people by URL. */
record Listeners(Session session) {

  String arn(URI url) {
    String step = "find the listener of " + url;
    String host = url.getHost();
    if (host == null) {
      throw failed(step, "it names no host");
    }
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    return session.run(step, () -> arn(step, host, port));
  }

  private String arn(String step, String host, int port) {
    ElasticLoadBalancingV2Client balancers = session.clients().balancers();
    LoadBalancer balancer =
        balancers.describeLoadBalancersPaginator().loadBalancers().stream()
            .filter(each -> host.equalsIgnoreCase(each.dnsName()))
            .findFirst()
            .orElseThrow(() ->
                failed(
                    step, "no load balancer of this account and region has the DNS name " + host));
    String arn = balancer.loadBalancerArn();
    return balancers.describeListenersPaginator(r -> r.loadBalancerArn(arn)).listeners().stream()
        .filter(each -> each.port() == port)
        .map(Listener::listenerArn)
        .findFirst()
        .orElseThrow(() ->
            failed(
                step,
                "the load balancer "
                    + balancer.loadBalancerName()
                    + " has no listener on port "
                    + port));
  }

  private static StepFailed failed(String step, String why) {
    return new StepFailed(step, why, null, List.of());
  }
}
