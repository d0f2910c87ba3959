package dev.gatehouse.control;

import dev.gatehouse.model.Extensions;
import java.util.Map;

/**
 * What an operator can set of the control API.
 *
 * @param endpoints where clients reach APIs
 * @param pageSize items of a list where the caller does not say; AWS's is not published, 25 is what
 *     is seen (control-plane.md 1.2 [U])
 * @param maxBodyBytes the longest request body
 * @param issuers where the documents of issuers of tokens are found that cannot be reached under
 *     their own name
 * @param extensions what goes beyond AWS and may be asked for
 */
public record ControlSettings(
    Endpoints endpoints,
    Limits limits,
    int pageSize,
    int maxBodyBytes,
    Map<String, String> issuers,
    Extensions extensions) {
  private static final int PAGE_SIZE = 25;
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** The same as AWS, with nothing beyond it. */
  public ControlSettings(
      Endpoints endpoints,
      Limits limits,
      int pageSize,
      int maxBodyBytes,
      Map<String, String> issuers) {
    this(endpoints, limits, pageSize, maxBodyBytes, issuers, Extensions.NONE);
  }

  /** AWS's values. */
  public static ControlSettings of(Endpoints endpoints) {
    return new ControlSettings(endpoints, Limits.AWS, PAGE_SIZE, MAX_BODY_BYTES, Map.of());
  }
}
