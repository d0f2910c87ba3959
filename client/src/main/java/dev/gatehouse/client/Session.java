package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * What every call here needs: the SDK's clients, and where creations are noted.
 *
 * @param journal null where nobody asked for it
 */
record Session(Clients clients, @Nullable Journal journal) {
  private static final int NOT_FOUND = 404;

  ApiGatewayV2Client apis() {
    return clients.apis();
  }

  LambdaClient lambda() {
    return clients.lambda();
  }

  Session with(Journal other) {
    return new Session(clients, other);
  }

  /** Makes a call; a failure says which step it was. */
  <T> T run(String step, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException failed) {
      throw StepFailed.of(step, failed);
    }
  }

  /** Makes a call whose subject may be missing. */
  <T> Optional<T> find(String step, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (AwsServiceException failed) {
      if (failed.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw StepFailed.of(step, failed);
    } catch (SdkException failed) {
      throw StepFailed.of(step, failed);
    }
  }

  /** Makes a call that takes something away, and is content where it is gone already. */
  void remove(String step, Runnable call) {
    find(
        step,
        () -> {
          call.run();
          return true;
        });
  }

  /** Notes what was created, and how it is taken back. */
  void created(String what, Runnable undo) {
    if (journal != null) {
      journal.created(what, undo);
    }
  }

  /** Every item of a list that comes in pages. */
  <P, T> List<T> all(
      String step,
      Function<@Nullable String, P> page,
      Function<P, List<T>> items,
      Function<P, @Nullable String> next) {
    List<T> all = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      P got = run(step, () -> page.apply(from));
      all.addAll(items.apply(got));
      token = next.apply(got);
    } while (token != null && !token.isEmpty());
    return all;
  }
}
