package dev.gatehouse.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.identity.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendAddressesTest {
  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static BackendAddresses allowing(String... ranges) {
    return new BackendAddresses(
        List.of(ranges).stream().map(range -> AddressRange.parse(range).orElseThrow()).toList());
  }

  @Test
  void linkLocalAddressesAndMetadataAreNoBackends() {
    BackendAddresses addresses = allowing();
    for (String no :
        List.of(
            "169.254.169.254",
            "169.254.170.2",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "0.0.0.0",
            "::",
            "224.0.0.1",
            "ff02::1")) {
      assertThat(addresses.test(at(no, 80))).as(no).isFalse();
    }
    for (String yes : List.of("10.0.0.1", "127.0.0.1", "192.0.2.1", "::1", "fd00::1")) {
      assertThat(addresses.test(at(yes, 80))).as(yes).isTrue();
    }
  }

  @Test
  void ourOwnListenerIsNoBackendUnderAnyOfItsAddresses() {
    BackendAddresses addresses = allowing();
    addresses.addOwn(at("127.0.0.1", 4566));
    assertThat(addresses.test(at("127.0.0.1", 4566))).isFalse();
    assertThat(addresses.test(at("::ffff:127.0.0.1", 4566))).isFalse();
    assertThat(addresses.test(at("127.0.0.1", 4567))).isTrue();
    assertThat(addresses.test(at("127.0.0.2", 4566))).isTrue();
    addresses.addOwn(at("0.0.0.0", 80));
    assertThat(addresses.test(at("127.0.0.2", 80))).isFalse();
    assertThat(addresses.test(at("::1", 80))).isFalse();
    assertThat(addresses.test(at("192.0.2.1", 80))).isTrue();
  }

  @Test
  void whatIsAllowedIsABackendAllTheSame() {
    BackendAddresses addresses = allowing("169.254.10.0/24", "127.0.0.1");
    addresses.addOwn(at("127.0.0.1", 4566));
    assertThat(addresses.test(at("169.254.10.9", 80))).isTrue();
    assertThat(addresses.test(at("169.254.11.9", 80))).isFalse();
    assertThat(addresses.test(at("127.0.0.1", 4566))).isTrue();
  }

  @Test
  void rangesAreAddressesWithOrWithoutBits() {
    assertThat(
            AddressRange.parse("10.0.0.0/8")
                .orElseThrow()
                .contains(InetAddress.ofLiteral("10.9.9.9")))
        .isTrue();
    assertThat(
            AddressRange.parse("10.0.0.0/8")
                .orElseThrow()
                .contains(InetAddress.ofLiteral("11.0.0.0")))
        .isFalse();
    assertThat(
            AddressRange.parse("fe80::/10")
                .orElseThrow()
                .contains(InetAddress.ofLiteral("fe81::1")))
        .isTrue();
    for (String none : List.of("", "host", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "/8")) {
      assertThat(AddressRange.parse(none)).as(none).isEmpty();
    }
  }
}
