package dev.gatehouse.identity;

import static dev.gatehouse.identity.Calls.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebPageGuardTest {
  private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=…";
  private final WebPageGuard guard = new WebPageGuard(Set.of("Gatehouse.internal"));

  private boolean admits(String target, String... headers) {
    return guard.check(plain("POST", target, headers)) instanceof WebPageGuard.Admitted;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:4566",
        "LOCALHOST:4566",
        "localhost.:4566",
        "abc.execute-api.localhost:4566",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.255.255.254:4566",
        "[::1]",
        "[::1]:4566",
        "gatehouse.internal",
        "GATEHOUSE.INTERNAL.:443",
      })
  void ourOwnHostsAreAdmitted(String host) {
    assertThat(admits("/v2/apis", "Host", host, "Authorization", SIGNED)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:4566",
        "localhost.evil.example",
        "evil-localhost",
        "notlocalhost:4566",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io:4566",
        "gatehouse.internal.evil.example",
        "localhost@evil.example",
        "evil.example@localhost",
        "user:pass@localhost:4566",
        "localhost:4566@evil.example",
        "localhost/evil.example",
        "localhost#.evil.example",
        "localhost evil.example",
        "localhost,evil.example",
        "localhost:",
        "localhost:port",
        "localhost:123456",
        "localhost..",
        ".localhost",
        "0.0.0.0:4566",
        "127.1",
        "127.0.0.256",
        "127.0.0.01",
        "0x7f.0.0.1",
        "2130706433",
        "10.0.0.1",
        "[::]",
        "[::ffff:127.0.0.1]",
        "::1",
        "[::1]evil.example",
        "[::1",
        "",
        " ",
        "xn--localhost-",
        "lоcalhost",
      })
  void foreignAndOddHostsAreRefused(String host) {
    assertThat(admits("/v2/apis", "Host", host, "Authorization", SIGNED)).isFalse();
  }

  @Test
  void aCallWithoutHostOrWithTwoIsRefused() {
    assertThat(admits("/v2/apis", "Authorization", SIGNED)).isFalse();
    assertThat(
            admits("/v2/apis", "Host", "localhost", "Host", "localhost", "Authorization", SIGNED))
        .isFalse();
  }

  @Test
  void anAbsoluteTargetIsRefused() {
    assertThat(admits("http://evil.example/v2/apis", "Host", "localhost", "Authorization", SIGNED))
        .isFalse();
    assertThat(admits("*", "Host", "localhost", "Authorization", SIGNED)).isFalse();
  }

  @Test
  void aCrossSiteFormPostIsRefused() {
    assertThat(
            admits(
                "/2015-03-31/functions?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0",
                "Host",
                "localhost:4566",
                "Origin",
                "https://evil.example",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Content-Type",
                "application/x-www-form-urlencoded"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "http://localhost:4566", "https://evil.example", ""})
  void anyOriginIsRefused(String origin) {
    assertThat(admits("/v2/apis", "Host", "localhost", "Origin", origin, "Authorization", SIGNED))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "Cross-Site", "", "anything"})
  void aNoCorsFetchIsRefused(String site) {
    assertThat(
            admits("/v2/apis?X-Amz-Signature=0", "Host", "localhost:4566", "Sec-Fetch-Site", site))
        .isFalse();
    assertThat(
            admits(
                "/v2/apis?X-Amz-Signature=0",
                "Host",
                "localhost:4566",
                "Sec-Fetch-Site",
                "none",
                "sec-fetch-site",
                site))
        .isFalse();
  }

  @Test
  void aCallWithoutAnySignatureIsRefused() {
    assertThat(admits("/v2/apis", "Host", "localhost:4566")).isFalse();
    assertThat(admits("/v2/apis?x=X-Amz-Signature=0", "Host", "localhost:4566")).isFalse();
  }

  @Test
  void whatIsMissingIsToldFromWhatIsForeign() {
    assertThat(guard.check(plain("GET", "/v2/apis", "Host", "localhost")))
        .isEqualTo(new WebPageGuard.Unsigned());
  }

  @Test
  void aPresignedQueryWillDo() {
    assertThat(admits("/v2/apis?a=b&X-Amz-Signature=0", "Host", "localhost:4566")).isTrue();
  }

  @Test
  void aRefusalTellsWhy() {
    assertThat(guard.check(plain("GET", "/v2/apis", "Host", "evil.example")))
        .isEqualTo(
            new WebPageGuard.Refused("Control calls need a Host that is loopback or configured."));
  }
}
