package dev.gatehouse.logs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.wire.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
  private static final String JSON =
      "{\"status\":\"503\",\"path\":\"/a/b\",\"n\":5,\"ok\":true,\"none\":null,\"in\":{\"x\":[1,\"y\"]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | an ERROR of mine | true",
        "ERROR | an ERROR of mine | true",
        "error | an ERROR of mine | false",
        "ERROR mine | an ERROR of mine | true",
        "ERROR yours | an ERROR of mine | false",
        "\"ERROR of\" | an ERROR of mine | true",
        "\"of ERROR\" | an ERROR of mine | false",
        "?yours ?mine | an ERROR of mine | true",
        "?yours ?theirs | an ERROR of mine | false",
        "ERROR -mine | an ERROR of mine | false",
        "ERROR -yours | an ERROR of mine | true",
      })
  void termsAreThereOrNot(String pattern, String message, boolean expected) {
    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{ $.status = 503 } ; true",
        "{ $.status >= 500 && $.n < 6 } ; true",
        "{ $.status = 200 || $.n = 5 } ; true",
        "{ $.status = 200 || ($.n = 5 && $.path = \"/b*\") } ; false",
        "{ $.path = \"/a*\" } ; true",
        "{ $.path = \"*b\" } ; true",
        "{ $.path != \"/a/b\" } ; false",
        "{ $.nothing != 3 } ; false",
        "{ $.ok IS TRUE } ; true",
        "{ $.none IS NULL } ; true",
        "{ $.nothing NOT EXISTS } ; true",
        "{ $.in.x[1] = y } ; true",
        "{ $.in.x[0] > 1 } ; false",
      })
  void conditionsHoldOfMembers(String pattern, boolean expected) {
    FilterPattern parsed = FilterPattern.parse(pattern);
    assertThat(parsed.matches(JSON)).isEqualTo(expected);
    assertThat(parsed.matches("no JSON")).isFalse();
    assertThat(parsed.matches("{broken")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ $.a = }",
        "{ $.a }",
        "{ a = 1 }",
        "{ $.a = 1",
        "{ $.a < x }",
        "{ $.a = 1 } }",
        "\"open",
        "{}",
        "{ $.a[x] = 1 }"
      })
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> FilterPattern.parse(pattern))
        .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @Test
  void deepNestingAndLongPatternsAreRefused() {
    for (String hostile : new String[] {"{" + "(".repeat(500) + "}", "x".repeat(2_000)}) {
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> FilterPattern.parse(hostile));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a, b]", "%x+%"})
  void whatIsNotBuiltSaysSo(String pattern) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> FilterPattern.parse(pattern))
        .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(501));
  }
}
