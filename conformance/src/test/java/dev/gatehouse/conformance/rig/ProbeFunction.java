package dev.gatehouse.conformance.rig;

import dev.gatehouse.conformance.function.Probe;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The one function that the tests of the data plane share: starting a process takes its time. */
public final class ProbeFunction {
  private static String arn;

  private ProbeFunction() {}

  /** Its ARN; the function is created when it is first asked for. */
  public static synchronized String arn(RunningGatehouse gatehouse) throws Exception {
    if (arn == null) {
      try (LambdaClient lambda = gatehouse.lambda()) {
        String created = Functions.create(lambda, "probe", Probe.class, 20);
        Functions.open(lambda, "probe");
        arn = created;
      }
    }
    return arn;
  }

  /** The query that makes it return a payload. */
  public static String answer(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return "?answer=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
