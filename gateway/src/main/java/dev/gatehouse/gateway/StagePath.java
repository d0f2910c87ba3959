package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The stage that a request is for, and what is left of its path (http-api.md 1.2).
 *
 * @param path decoded, without the stage
 * @param pathWithStage decoded, with the stage of a named stage
 */
record StagePath(LiveStage stage, String path, String pathWithStage) {

  /**
   * Selects the stage of a decoded path; null where there is none, or where its API is not to be
   * reached by this address.
   */
  static @Nullable StagePath of(LiveApi api, RequestLine line, String decoded) {
    int start = 0;
    while (start < decoded.length() && decoded.charAt(start) == '/') {
      start++;
    }
    int slash = decoded.indexOf('/', start);
    int end = slash < 0 ? decoded.length() : slash;
    String given = line.stageName();
    LiveStage stage =
        given == null ? api.stage(decoded.substring(start, end)) : api.stages().get(given);
    if (stage == null || stage.endpointDisabled()) {
      return null;
    }
    boolean inPath = given == null && !stage.isDefault();
    String path = inPath ? decoded.substring(end) : decoded;
    boolean complete = stage.isDefault() || inPath;
    return new StagePath(
        stage, path.isEmpty() ? "/" : path, complete ? decoded : "/" + stage.name() + decoded);
  }
}
