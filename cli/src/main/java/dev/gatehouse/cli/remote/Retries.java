package dev.gatehouse.cli.remote;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tries again what AWS asks to be tried again: control calls are throttled to a few a second, and
 * writes to one API at the same time refuse each other (control-plane.md 2 [C]). Waits as AWS
 * advises: ever longer, and by chance.
 */
record Retries(RandomGenerator random) {
  private static final int ATTEMPTS = 6;
  private static final long FIRST_MILLIS = 100;
  private static final int THROTTLED = 429;
  private static final int CONFLICT = 409;

  /** A call. */
  interface Call {
    HttpResponse<String> make() throws IOException, InterruptedException;
  }

  HttpResponse<String> of(Call call) throws IOException, InterruptedException {
    HttpResponse<String> answer = call.make();
    for (int i = 1; i < ATTEMPTS && passes(answer); i++) {
      Thread.sleep(Duration.ofMillis(random.nextLong(FIRST_MILLIS << i) + 1));
      answer = call.make();
    }
    return answer;
  }

  private static boolean passes(HttpResponse<String> answer) {
    return answer.statusCode() == THROTTLED
        || (answer.statusCode() == CONFLICT && answer.body().contains("try again later"));
  }
}
