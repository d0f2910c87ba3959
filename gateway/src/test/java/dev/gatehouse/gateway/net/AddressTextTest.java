package dev.gatehouse.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressTextTest {

  @Test
  void addressesAreShort() throws Exception {
    assertThat(AddressText.of(InetAddress.getByName("2001:db8:0:0:0:0:0:1")))
        .isEqualTo("2001:db8::1");
    assertThat(AddressText.of(InetAddress.getByName("fe80::1%0"))).isEqualTo("fe80::1");
    assertThat(AddressText.of(InetAddress.getByName("127.0.0.1"))).isEqualTo("127.0.0.1");
  }

  @Test
  void colonsAreQuotedWhereBackendsAreToldOfAnAddress() {
    assertThat(AddressText.node("2001:db8::1")).isEqualTo("\"[2001:db8::1]\"");
    assertThat(AddressText.node("127.0.0.1")).isEqualTo("127.0.0.1");
  }
}
