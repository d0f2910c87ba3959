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
  void requestsFollowOneAnother() throws Exception {
    RuntimeRequests requests =
        requests(
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /b HTTP/1.1\r\nHost: x\r\nCONTENT-length: 3\r\n\r\nabc"
                + "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2;ext=1\r\nab\r\n1\r\nc\r\n0\r\nTrailer: t\r\n\r\n"
                + "GET /d HTTP/1.1\r\n\r\n");

    assertThat(next(requests).orElseThrow().path()).isEqualTo("/a");
    RuntimeRequest second = next(requests).orElseThrow();
    assertThat(text(second)).isEqualTo("abc");
    assertThat(second.headers()).containsEntry("host", "x");
    assertThat(text(next(requests).orElseThrow())).isEqualTo("abc");
    assertThat(next(requests).map(RuntimeRequest::path)).hasValue("/d");
    assertThat(next(requests)).isEmpty();
  }

  @Test
  void aBodyOverTheLimitIsThrownAwayAndTheNextRequestIsRead() throws Exception {
    RuntimeRequests requests =
        requests(
            "POST /a HTTP/1.1\r\nContent-Length: 11\r\n\r\n01234567890"
                + "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "8\r\n01234567\r\n8\r\n01234567\r\n0\r\n\r\n"
                + "POST /c HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789");

    assertThat(next(requests).orElseThrow().tooLarge()).isTrue();
    assertThat(next(requests).orElseThrow().tooLarge()).isTrue();
    RuntimeRequest last = next(requests).orElseThrow();
    assertThat(last.tooLarge()).isFalse();
    assertThat(text(last)).isEqualTo("0123456789");
  }

  @Test
  void aBodyThatIsPassedOnHasNoLimitAndComesWithItsTrailers() throws Exception {
    RuntimeRequests requests =
        requests(
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "8\r\n01234567\r\n8\r\n01234567\r\n0\r\nWhy: so\r\n\r\n"
                + "GET /b HTTP/1.1\r\n\r\n");
    StringBuilder passed = new StringBuilder();

    RuntimeRequest request =
        requests
            .next(head ->
                (bytes, offset, length) ->
                    passed.append(new String(bytes, offset, length, StandardCharsets.US_ASCII)))
            .orElseThrow();
    assertThat(passed).hasToString("0123456701234567");
    assertThat(request.streamed()).isTrue();
    assertThat(request.tooLarge()).isFalse();
    assertThat(request.trailers()).containsEntry("why", "so");
    assertThat(next(requests).map(RuntimeRequest::path)).hasValue("/b");
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
      assertThatThrownBy(() -> next(requests(wrong))).isInstanceOf(IOException.class);
    }
  }

  private static Optional<RuntimeRequest> next(RuntimeRequests requests) throws Exception {
    return requests.next(head -> null);
  }

  private static RuntimeRequests requests(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new RuntimeRequests(new ByteArrayInputStream(bytes), 10);
  }

  private static String text(RuntimeRequest request) {
    return Optional.of(request.body()).map(b -> new String(b, StandardCharsets.US_ASCII)).get();
  }
}
