package dev.gatehouse.gateway.upstream;

import dev.gatehouse.identity.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Which addresses may be connected to as backends. What anybody can write into an integration must
 * not lead to what only this machine is meant to reach: link-local addresses, where clouds keep
 * their credentials, and Gatehouse's own listeners, where control calls are taken. The address is
 * judged that is connected to, so no name and no answer of a name server gets around it.
 */
public final class BackendAddresses implements Predicate<InetSocketAddress> {
  /** Where Amazon's metadata service is on IPv6: no link-local address. */
  private static final InetAddress METADATA = InetAddress.ofLiteral("fd00:ec2::254");

  private final List<AddressRange> allowed;
  private final List<InetSocketAddress> own = new CopyOnWriteArrayList<>();

  public BackendAddresses(List<AddressRange> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Gatehouse listens there. */
  public void addOwn(InetSocketAddress listener) {
    own.add(listener);
  }

  @Override
  public boolean test(InetSocketAddress candidate) {
    InetAddress address = candidate.getAddress();
    boolean never = address.isAnyLocalAddress() || address.isMulticastAddress();
    boolean delicate = address.isLinkLocalAddress() || address.equals(METADATA) || isOwn(candidate);
    return !never && (!delicate || isAllowed(address));
  }

  private boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(range -> range.contains(address));
  }

  private boolean isOwn(InetSocketAddress candidate) {
    for (InetSocketAddress listener : own) {
      boolean samePort = listener.getPort() == candidate.getPort();
      if (samePort && reaches(candidate.getAddress(), listener.getAddress())) {
        return true;
      }
    }
    return false;
  }

  private static boolean reaches(InetAddress candidate, InetAddress listener) {
    return candidate.equals(listener)
        || (listener.isAnyLocalAddress() && (candidate.isLoopbackAddress() || isHere(candidate)));
  }

  /** Asked only for a backend on a listener's port, so that the system's call does not matter. */
  private static boolean isHere(InetAddress candidate) {
    try {
      return NetworkInterface.getByInetAddress(candidate) != null;
    } catch (SocketException unknown) {
      return true;
    }
  }
}
