package dev.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestPathTest {

  @Test
  void escapesAreDecodedAsUtf8() {
    assertThat(RequestPath.decode("/p/%E2%98%95%20Coffee")).isEqualTo("/p/☕ Coffee");
    assertThat(RequestPath.decode("/a+b")).isEqualTo("/a+b");
    assertThat(RequestPath.decode("/%40id%2Fassets")).isEqualTo("/@id/assets");
  }

  @Test
  void malformedEscapesAreRefused() {
    assertThat(RequestPath.decode("/%")).isNull();
    assertThat(RequestPath.decode("/%2")).isNull();
    assertThat(RequestPath.decode("/%zz")).isNull();
    assertThat(RequestPath.decode("/%+1")).isNull();
  }

  @Test
  void encodingUndoesDecoding() {
    assertThat(RequestPath.encode("/p/☕ Coffee?#%")).isEqualTo("/p/%E2%98%95%20Coffee%3F%23%25");
    assertThat(RequestPath.encode("/a/b;c=d,e@f")).isEqualTo("/a/b;c=d,e@f");
  }

  @Test
  void dotSegmentsAreFoundWhereverTheyStand() {
    assertThat(RequestPath.hasDotSegment("/a/../b")).isTrue();
    assertThat(RequestPath.hasDotSegment("/a/..")).isTrue();
    assertThat(RequestPath.hasDotSegment("/./a")).isTrue();
    assertThat(RequestPath.hasDotSegment("..\\a")).isTrue();
    assertThat(RequestPath.hasDotSegment("/a/..;x/b")).isTrue();
    assertThat(RequestPath.hasDotSegment("/a/..\0/b")).isTrue();
    assertThat(RequestPath.hasDotSegment("/a/.. /b")).isTrue();
    assertThat(RequestPath.hasDotSegment("/a.b/...c/..d/e..")).isFalse();
  }
}
