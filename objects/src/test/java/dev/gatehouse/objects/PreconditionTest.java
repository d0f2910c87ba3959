package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreconditionTest {
  private static final Instant MODIFIED = Instant.parse("2026-03-04T05:06:07.891Z");
  private static final String THEN = "Wed, 04 Mar 2026 05:06:07 GMT";
  private static final String BEFORE = "Wed, 04 Mar 2026 05:06:06 GMT";

  private static Precondition of(String... headers) {
    return Precondition.of(Headers.of(headers), "\"abc\"", MODIFIED);
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match, *, HOLDS",
    "If-Match, abc, HOLDS",
    "If-Match, '\"x\", \"abc\"', HOLDS",
    "If-Match, \"x\", FAILED",
    "If-None-Match, \"x\", HOLDS",
    "If-None-Match, \"abc\", NOT_MODIFIED",
    "If-None-Match, W/\"abc\", NOT_MODIFIED",
    "If-None-Match, *, NOT_MODIFIED",
    "If-Modified-Since, '" + THEN + "', NOT_MODIFIED",
    "If-Modified-Since, '" + BEFORE + "', HOLDS",
    "If-Modified-Since, yesterday, HOLDS",
    "If-Unmodified-Since, '" + THEN + "', HOLDS",
    "If-Unmodified-Since, '" + BEFORE + "', FAILED",
  })
  void eachConditionDecidesAlone(String name, String value, Precondition expected) {
    assertThat(of(name, value)).isEqualTo(expected);
  }

  @Test
  void tagsDecideBeforeDates() {
    assertThat(of("If-Match", "\"abc\"", "If-Unmodified-Since", BEFORE))
        .isEqualTo(Precondition.HOLDS);
    assertThat(of("If-None-Match", "\"x\"", "If-Modified-Since", THEN))
        .isEqualTo(Precondition.HOLDS);
  }

  @Test
  void aRangeIsForTheObjectThatItWasAskedOf() {
    assertThat(Precondition.sameForRange(Headers.of(), "\"abc\"", MODIFIED)).isTrue();
    for (String same : new String[] {"\"abc\"", THEN}) {
      assertThat(Precondition.sameForRange(Headers.of("If-Range", same), "\"abc\"", MODIFIED))
          .isTrue();
    }
    for (String other : new String[] {"\"x\"", BEFORE}) {
      assertThat(Precondition.sameForRange(Headers.of("If-Range", other), "\"abc\"", MODIFIED))
          .isFalse();
    }
  }
}
