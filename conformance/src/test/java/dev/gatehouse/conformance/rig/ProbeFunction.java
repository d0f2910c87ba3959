package dev.gatehouse.conformance.rig;

import dev.gatehouse.conformance.function.Guard;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.function.Talker;
import dev.gatehouse.conformance.function.Wrapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The functions that the tests of the data plane share: starting a process takes its time. */
public final class ProbeFunction {
  private static final Map<Place, String> ARNS = new HashMap<>();

  /** Servers that tests start for themselves have functions of their own. */
  private record Place(RunningGatehouse gatehouse, Class<?> handler) {}

  private ProbeFunction() {}

  /** The ARN of {@link Probe}. */
  public static String arn(RunningGatehouse gatehouse) throws Exception {
    return arn(gatehouse, Probe.class);
  }

  /** The ARN of {@link Wrapper}. */
  public static String wrapperArn(RunningGatehouse gatehouse) throws Exception {
    return arn(gatehouse, Wrapper.class);
  }

  /** The ARN of {@link Guard}. */
  public static String guardArn(RunningGatehouse gatehouse) throws Exception {
    return arn(gatehouse, Guard.class);
  }

  /** The ARN of {@link Talker}. */
  public static String talkerArn(RunningGatehouse gatehouse) throws Exception {
    return arn(gatehouse, Talker.class);
  }

  private static synchronized String arn(RunningGatehouse gatehouse, Class<?> handler)
      throws Exception {
    Place place = new Place(gatehouse, handler);
    String arn = ARNS.get(place);
    if (arn == null) {
      String name = handler.getSimpleName();
      try (LambdaClient lambda = gatehouse.lambda()) {
        arn = Functions.create(lambda, name, handler, 20);
        Functions.open(lambda, name);
      }
      ARNS.put(place, arn);
    }
    return arn;
  }

  /** The query that makes either return a payload. */
  public static String answer(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return "?answer=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
