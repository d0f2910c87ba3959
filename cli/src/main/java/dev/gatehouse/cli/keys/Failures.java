package dev.gatehouse.cli.keys;

import dev.gatehouse.cli.remote.CallFailed;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says in one line what a call of IAM came to. */
final class Failures {
  private Failures() {}

  static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      String message = refused.awsErrorDetails().errorMessage();
      throw new CallFailed(refused.statusCode(), String.valueOf(message));
    } catch (SdkClientException unreachable) {
      throw new CallFailed(0, "the server cannot be asked: " + unreachable.getMessage());
    }
  }
}
