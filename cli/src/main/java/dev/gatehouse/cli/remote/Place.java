package dev.gatehouse.cli.remote;

import java.net.URI;

/** Where calls go. */
public sealed interface Place {

  /** Where a service is, by its name in signatures. */
  URI of(String service);

  /** What helps where nothing answers. */
  String advice();

  /** One server that answers for every service. */
  record One(URI endpoint) implements Place {

    public One {
      if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
        throw new CallFailed(
            0, endpoint + " is no endpoint; give --endpoint as in http://localhost:4566");
      }
    }

    @Override
    public URI of(String service) {
      return endpoint;
    }

    @Override
    public String advice() {
      return "start a server with gatehouse serve, or name another with --endpoint";
    }
  }

  /** AWS itself, where each service has a host in each region. */
  record Aws(String region) implements Place {

    @Override
    public URI of(String service) {
      String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
      return URI.create("https://" + service + "." + region + suffix);
    }

    @Override
    public String advice() {
      return "check AWS_REGION and the network";
    }
  }
}
