package dev.gatehouse.wire.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private final Operations operations = Operations.load();
  private final Decoder decoder = new Decoder(1000);

  private Input decode(String method, String target, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    HttpCall call =
        new HttpCall(
            method,
            target,
            Headers.of(),
            new ByteArrayInputStream(bytes),
            -1,
            InetSocketAddress.createUnresolved("client", 1),
            false);
    try {
      return decoder.decode(operations.match(method, call.rawPath()).orElseThrow(), call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServiceException refused(String method, String target, String body) {
    return Assertions.catchThrowableOfType(
        ServiceException.class, () -> decode(method, target, body));
  }

  @Test
  void unknownAndNullMembersAreLeftOut() {
    Input input =
        decode(
            "POST",
            "/v2/apis",
            "{\"name\":\"a\",\"protocolType\":\"HTTP\",\"description\":null,\"foo\":1,"
                + "\"corsConfiguration\":{\"maxAge\":1,\"bar\":2}}");
    assertThat(input.body())
        .hasToString(
            "{\"corsConfiguration\":{\"maxAge\":1},\"name\":\"a\",\"protocolType\":\"HTTP\"}");
  }

  @Test
  void wrongTypesAreSerializationErrors() {
    for (String member :
        new String[] {
          "\"description\":1",
          "\"disableExecuteApiEndpoint\":\"true\"",
          "\"tags\":[]",
          "\"tags\":{\"a\":1}",
          "\"tags\":{\"a\":null}",
          "\"corsConfiguration\":\"x\"",
          "\"corsConfiguration\":{\"maxAge\":\"1\"}",
          "\"description\":\"\\ud800\"",
          "\"tags\":{\"\\u0000\":\"\"}",
          "\"corsConfiguration\":{\"maxAge\":1.5}",
          "\"corsConfiguration\":{\"maxAge\":99999999999}",
          "\"corsConfiguration\":{\"allowOrigins\":\"*\"}"
        }) {
      ServiceException refusal =
          refused("POST", "/v2/apis", "{\"name\":\"a\",\"protocolType\":\"HTTP\"," + member + "}");
      assertThat(refusal.type()).as(member).isEqualTo("SerializationException");
      assertThat(refusal.status()).isEqualTo(400);
    }
  }

  @Test
  void boundsAndChoicesAreBadRequests() {
    for (String member :
        new String[] {
          "\"corsConfiguration\":{\"maxAge\":-2}",
          "\"corsConfiguration\":{\"maxAge\":86401}",
          "\"ipAddressType\":\"ipv6\"",
          "\"name\":\"" + "a".repeat(129) + "\""
        }) {
      assertThat(refused("PATCH", "/v2/apis/a", "{" + member + "}").type())
          .as(member)
          .isEqualTo("BadRequestException");
    }
    assertThat(refused("POST", "/v2/apis", "{\"protocolType\":\"HTTP\"}").message())
        .isEqualTo(
            "1 validation error detected: Value null at 'createApiInput.name' failed to satisfy"
                + " constraint: Member must not be null");
  }

  @Test
  void numbersAreFinite() {
    String json = "{\"defaultRouteSettings\":{\"throttlingRateLimit\":%s}}";
    String stage = "/v2/apis/a/stages/s";
    assertThat(refused("PATCH", stage, json.formatted("1e999")).status()).isEqualTo(400);
    assertThat(refused("PATCH", stage, json.formatted("NaN")).status()).isEqualTo(400);
    decode("PATCH", stage, json.formatted("2"));
  }

  @Test
  void lengthsCountCharactersNotUnits() {
    decode("PATCH", "/v2/apis/a", "{\"name\":\"" + "😀".repeat(128) + "\"}");
  }

  @Test
  void onlyAnUpdateMayClearWithAnEmptyText() {
    decode("PATCH", "/v2/apis/a", "{\"version\":\"\"}");
    String create = "{\"name\":\"a\",\"protocolType\":\"HTTP\",\"version\":\"\"}";
    assertThat(refused("POST", "/v2/apis", create).type()).isEqualTo("BadRequestException");
  }

  @Test
  void anEmptyBodyHasNoMembers() {
    assertThat(decode("POST", "/v2/apis/a/deployments", "").body()).isEmpty();
  }

  @Test
  void bodiesAreBounded() {
    assertThat(refused("POST", "/v2/apis", " ".repeat(1001)).status()).isEqualTo(413);
  }

  @Test
  void malformedJsonIsNotRepeated() {
    ServiceException refusal = refused("POST", "/v2/apis", "{\"name\":\"secret");
    assertThat(refusal.type()).isEqualTo("SerializationException");
    assertThat(refusal.message()).doesNotContain("secret");
  }

  @Test
  void queriesAreTyped() {
    Input rules = decode("GET", "/v2/domainnames/d/routingrules?maxResults=7&other=x", "");
    assertThat(rules.query("maxResults").orElseThrow().intValue()).isEqualTo(7);
    Input tags = decode("DELETE", "/v2/tags/arn?tagKeys=a&tagKeys=b%20c", "");
    assertThat(tags.query("tagKeys").orElseThrow()).hasToString("[\"a\",\"b c\"]");
    assertThat(refused("GET", "/v2/domainnames/d/routingrules?maxResults=x", "").type())
        .isEqualTo("BadRequestException");
    assertThat(refused("DELETE", "/v2/tags/arn", "").status()).isEqualTo(400);
  }
}
