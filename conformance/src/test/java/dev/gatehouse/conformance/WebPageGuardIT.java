package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A web page that the user happens to visit cannot reach the control APIs of its machine. */
class WebPageGuardIT {
  private static final String KEY = "111122220403";
  private static final String API = "{\"name\":\"page\",\"protocolType\":\"HTTP\"}";
  private static final String FUNCTION =
      """
      {"FunctionName":"page","Runtime":"java25","Role":"r","Handler":"h","Code":{"ZipFile":""}}\
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aWebPageCreatesNothing(String what, boolean signed, List<String> headers) throws Exception {
    withGatehouse((gw, http) -> {
      Control control = new Control(http, KEY);
      assertRefused(http, control, signed, headers, "apigateway", "/v2/apis", API);
      assertRefused(http, control, signed, headers, "lambda", "/2015-03-31/functions", FUNCTION);
      assertThat(control.get("/v2/apis").json().path("items").size()).isZero();
    });
  }

  private static void assertRefused(
      Http http,
      Control control,
      boolean signed,
      List<String> headers,
      String service,
      String path,
      String body)
      throws Exception {
    List<String> lines = new ArrayList<>(headers);
    if (signed) {
      lines.addAll(control.signed(service));
    }
    Reply reply = http.send("POST", path, body, lines.toArray(String[]::new));
    assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(403);
    assertThat(reply.lines()).noneMatch(line -> line.toLowerCase().startsWith("access-control-"));
  }

  static Stream<Arguments> pages() {
    String form = "Content-Type: application/x-www-form-urlencoded";
    String text = "Content-Type: text/plain";
    return Stream.of(
        Arguments.of(
            "a form posted from another site",
            false,
            List.of(form, "Origin: https://evil.example", "Sec-Fetch-Site: cross-site")),
        Arguments.of("a form posted by a browser that sends neither", false, List.of(form)),
        Arguments.of(
            "a fetch without CORS",
            false,
            List.of(text, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")),
        Arguments.of(
            "a fetch without CORS that could sign",
            true,
            List.of(text, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")),
        Arguments.of(
            "a fetch from another port of this machine",
            true,
            List.of(text, "Sec-Fetch-Site: same-site")),
        Arguments.of("a fetch with an origin", true, List.of("Origin: http://localhost:3000")),
        Arguments.of("a fetch from a sandboxed frame", true, List.of("Origin: null")),
        Arguments.of(
            "a host name that now points here",
            true,
            List.of("Host: rebound.evil.example", "Sec-Fetch-Site: same-origin")),
        Arguments.of("a host name without a browser", true, List.of("Host: evil.example:4566")));
  }

  @Test
  void aPreflightIsNotAnswered() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply =
          http.send(
              "OPTIONS",
              "/v2/apis",
              "",
              "Origin: https://evil.example",
              "Access-Control-Request-Method: POST",
              "Access-Control-Request-Headers: authorization");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.lines()).noneMatch(line -> line.toLowerCase().startsWith("access-control-"));
    });
  }

  @ParameterizedTest
  @MethodSource("loopbackHosts")
  void loopbackHostsAreServed(String host) throws Exception {
    withGatehouse((gw, http) -> {
      Control control = new Control(http, KEY);
      List<String> lines = new ArrayList<>(control.signed("apigateway"));
      lines.add("Host: " + host.replace("PORT", "" + http.port()));
      Reply reply = http.get("/v2/apis", lines.toArray(String[]::new));
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    });
  }

  static Stream<String> loopbackHosts() {
    return Stream.of("localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT");
  }
}
