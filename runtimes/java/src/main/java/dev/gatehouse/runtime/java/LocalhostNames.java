package dev.gatehouse.runtime.java;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names below {@code .localhost} are this machine (RFC 6761), which not every system's resolver
 * knows: buckets and APIs have such names. All others are the system's affair. For JDKs from 18 on,
 * which find this class by themselves when a name is first looked up; before that there is {@link
 * OldLocalhostNames}.
 */
public final class LocalhostNames extends InetAddressResolverProvider {
  private static final String LOCALHOST = "localhost";

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Names(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "names below .localhost";
  }

  private record Names(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      if (!host.toLowerCase(Locale.ROOT).endsWith("." + LOCALHOST)) {
        return system.lookupByName(host, policy);
      }
      Stream.Builder<InetAddress> addresses = Stream.builder();
      for (InetAddress address : system.lookupByName(LOCALHOST, policy).toList()) {
        addresses.add(InetAddress.getByAddress(host, address.getAddress())); // keeps its name
      }
      return addresses.build();
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
