package dev.gatehouse.control;

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
 */
public record ControlSettings(
    Endpoints endpoints,
    Limits limits,
    int pageSize,
    int maxBodyBytes,
    Map<String, String> issuers) {
  private static final int PAGE_SIZE = 25;
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  /** AWS's values. */
  public static ControlSettings of(Endpoints endpoints) {
    return new ControlSettings(endpoints, Limits.AWS, PAGE_SIZE, MAX_BODY_BYTES, Map.of());
  }
}
