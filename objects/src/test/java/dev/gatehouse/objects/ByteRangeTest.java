package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, bytes 0-0/10",
    "bytes=2-4, bytes 2-4/10",
    "bytes=2-400, bytes 2-9/10",
    "bytes=9-, bytes 9-9/10",
    "bytes=0-, bytes 0-9/10",
    "bytes=-3, bytes 7-9/10",
    "bytes=-30, bytes 0-9/10",
    "bytes=3-999999999999999999, bytes 3-9/10",
  })
  void aRangeIsAPartOfTheObject(String header, String told) {
    assertThat(ByteRange.of(Optional.of(header), 10))
        .isInstanceOfSatisfying(
            ByteRange.Part.class,
            part -> assertThat(part.range().contentRange(10)).isEqualTo(told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "bytes=a-b", "rows=0-1"})
  void whatIsNoRangeMeansAll(String header) {
    assertThat(ByteRange.of(Optional.of(header), 10)).isInstanceOf(ByteRange.Whole.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void nothingLiesBeyondTheEnd(String header) {
    assertThat(ByteRange.of(Optional.of(header), 10)).isInstanceOf(ByteRange.Beyond.class);
  }

  @Test
  void anEmptyObjectHasNoParts() {
    assertThat(ByteRange.of(Optional.of("bytes=0-"), 0)).isInstanceOf(ByteRange.Beyond.class);
    assertThat(ByteRange.of(Optional.empty(), 0)).isInstanceOf(ByteRange.Whole.class);
  }
}
