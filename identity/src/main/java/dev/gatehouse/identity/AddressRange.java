package dev.gatehouse.identity;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin alike: {@code 203.0.113.0/24}, {@code 2001:db8::/32}, or just one.
 * Conditions of policies name them, and the configuration does.
 *
 * @param bits how many of the first bits count
 */
public record AddressRange(InetAddress address, int bits) {

  /** Reads an address with or without its bits; empty where it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    if (slash >= 0 && !bits.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    return literal(slash < 0 ? text : text.substring(0, slash))
        .map(address ->
            new AddressRange(address, slash < 0 ? width(address) : Integer.parseInt(bits)))
        .filter(range -> range.bits <= width(range.address));
  }

  private static int width(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  /** An address in its literal form; names are never resolved. */
  static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Whether an address is among them. */
  public boolean contains(InetAddress candidate) {
    byte[] ours = address.getAddress();
    byte[] theirs = candidate.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + bits;
  }
}
