package dev.gatehouse.gateway.upstream;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin with the same bits.
 *
 * @param bits how many
 */
public record AddressRange(InetAddress address, int bits) {

  /** Reads {@code 10.0.0.1} or {@code 10.0.0.0/8}; empty where it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int whole = address.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > whole
          ? Optional.empty()
          : Optional.of(new AddressRange(address, bits));
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
