package dev.gatehouse.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of events that nobody waits for. Null stands for what nobody set.
 *
 * @param retries after the first attempt
 * @param maxAge seconds after which an event is given up
 * @param onSuccess ARN of the function that is told
 * @param onFailure ARN of the function that is told
 * @param lastModified seconds since the epoch
 */
record EventConfig(
    @Nullable Integer retries,
    @Nullable Integer maxAge,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    double lastModified) {
  static final EventConfig NONE = new EventConfig(null, null, null, null, 0);

  private static final int USUAL_RETRIES = 2;
  private static final int USUAL_AGE = 21_600;

  /** AWS's two where nobody said [C]. */
  int retriesInForce() {
    return retries == null ? USUAL_RETRIES : retries;
  }

  /** AWS's six hours where nobody said [C]. */
  int maxAgeInForce() {
    return maxAge == null ? USUAL_AGE : maxAge;
  }
}
