package dev.gatehouse.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimeRequestsTest {

  @Test
  void requestsFollowOneAnother() throws IOException {
    RuntimeRequests requests =
        requests(
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /b HTTP/1.1\r\nHost: x\r\nCONTENT-length: 3\r\n\r\nabc"
                + "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2;ext=1\r\nab\r\n1\r\nc\r\n0\r\nTrailer: t\r\n\r\n"
                + "GET /d HTTP/1.1\r\n\r\n");

    assertThat(requests.next().orElseThrow().path()).isEqualTo("/a");
    RuntimeRequest second = requests.next().orElseThrow();
    assertThat(text(second)).isEqualTo("abc");
    assertThat(second.headers()).containsEntry("host", "x");
    assertThat(text(requests.next().orElseThrow())).isEqualTo("abc");
    assertThat(requests.next().map(RuntimeRequest::path)).hasValue("/d");
    assertThat(requests.next()).isEmpty();
  }

  @Test
  void aBodyOverTheLimitIsThrownAwayAndTheNextRequestIsRead() throws IOException {
    RuntimeRequests requests =
        requests(
            "POST /a HTTP/1.1\r\nContent-Length: 11\r\n\r\n01234567890"
                + "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "8\r\n01234567\r\n8\r\n01234567\r\n0\r\n\r\n"
                + "POST /c HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789");

    assertThat(requests.next().orElseThrow().tooLarge()).isTrue();
    assertThat(requests.next().orElseThrow().tooLarge()).isTrue();
    RuntimeRequest last = requests.next().orElseThrow();
    assertThat(last.tooLarge()).isFalse();
    assertThat(text(last)).isEqualTo("0123456789");
  }

  @Test
  void whatIsNotHttpEndsTheConnection() {
    for (String wrong :
        new String[] {
          "hello\r\n\r\n",
          "GET /a HTTP/1.1\r\nno colon\r\n\r\n",
          "POST /a HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST /a HTTP/1.1\r\nContent-Length: x\r\n\r\n",
          "POST /a HTTP/1.1\r\nContent-Length: 9999999999999\r\n\r\n",
          "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc",
          "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "GET /a HTTP/1.1\r\nHost: x",
          "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n\r\n"
        }) {
      assertThatThrownBy(() -> requests(wrong).next()).isInstanceOf(IOException.class);
    }
  }

  private static RuntimeRequests requests(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new RuntimeRequests(new ByteArrayInputStream(bytes), 10);
  }

  private static String text(RuntimeRequest request) {
    return Optional.of(request.body()).map(b -> new String(b, StandardCharsets.US_ASCII)).get();
  }
}
