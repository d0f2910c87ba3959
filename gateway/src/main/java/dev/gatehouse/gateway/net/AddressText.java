package dev.gatehouse.gateway.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** Addresses as events, logs and backends have them (http-api.md 1.1 [L]). */
public final class AddressText {
  private AddressText() {}

  /** The short form, without a scope: {@code 2001:db8::1}. */
  static String of(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  /** As a node of a {@code forwarded} header (RFC 7239, section 6). */
  public static String node(String address) {
    return address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
  }
}
