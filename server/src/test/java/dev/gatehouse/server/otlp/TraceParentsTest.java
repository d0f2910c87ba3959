package dev.gatehouse.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.Tracing.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void theW3cHeaderGoesFirst() {
    TraceContext read =
        TraceParents.read(
            new Told(
                "00-" + TRACE + "-" + SPAN + "-01",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0"));
    assertThat(read).isNotNull();
    assertThat(read.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
  }

  @Test
  void amazonsHeaderIsTheSameTraceInOtherWords() {
    TraceContext read =
        TraceParents.read(
            new Told(
                null,
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"));
    assertThat(read).isNotNull();
    assertThat(read.traceparent())
        .isEqualTo("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-" + SPAN + "-zz",
        "0g-" + TRACE + "-" + SPAN + "-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-ZZf7651916cd43dd8448eb211c80319c-" + SPAN + "-01",
      })
  void whatHasNotTheFormIsAsIfItWereNotThere(String header) {
    assertThat(TraceParents.read(new Told(header, null))).isNull();
    assertThat(TraceParents.read(new Told(null, header))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Root=1-5759e988", "Root=1-;Parent=53995c3f42cd8ad8", "Parent=1", "Root="})
  void halfOfAmazonsHeaderIsNoTrace(String header) {
    assertThat(TraceParents.read(new Told(null, header))).isNull();
  }
}
