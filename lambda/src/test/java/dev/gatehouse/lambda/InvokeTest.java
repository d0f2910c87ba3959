package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvokeTest {
  @TempDir Path data;

  @Test
  void aCreatedFunctionAnswers() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      server.create("echo", HandlerZip.stream("in.transferTo(out);"));

      var answer = server.invoke("echo", "{\"a\":1}");

      assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\":1}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.functionError()).isNull();
      assertThat(answer.executedVersion()).isEqualTo("$LATEST");
    }
  }
}
