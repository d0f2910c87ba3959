package dev.gatehouse.cli.keys;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.Server;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says in one line what a call of IAM came to. */
final class Failures {
  private Failures() {}

  static <T> T told(Server server, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      String message = refused.awsErrorDetails().errorMessage();
      throw new CallFailed(refused.statusCode(), String.valueOf(message));
    } catch (SdkClientException unreachable) {
      throw server.unreachable();
    }
  }
}
