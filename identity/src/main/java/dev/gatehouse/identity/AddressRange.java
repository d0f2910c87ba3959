package dev.gatehouse.identity;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin alike: {@code 203.0.113.0/24}, {@code 2001:db8::/32}, or just one.
 *
 * @param bits how many of the first bits count
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AddressRange(byte[] first, int bits) {

  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty() || (slash >= 0 && !bits.matches("[0-9]{1,3}"))) {
      return Optional.empty();
    }
    byte[] bytes = address.get().getAddress();
    int counted = slash < 0 ? bytes.length * 8 : Integer.parseInt(bits);
    return counted > bytes.length * 8
        ? Optional.empty()
        : Optional.of(new AddressRange(bytes, counted));
  }

  /** An address in its literal form; names are never resolved. */
  static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] given = address.getAddress();
    if (given.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((given[bit >> 3] ^ first[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
