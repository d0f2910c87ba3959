package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function, or one of its published versions, as it is stored.
 *
 * @param lastModified as AWS writes it: {@code 2026-11-22T05:00:00.000+0000}
 * @param revisionId changes with every change of code or settings
 * @param version {@code $LATEST} or a number; what was stored before there were versions has none
 */
record FunctionDefinition(
    String name,
    Settings settings,
    Code code,
    String lastModified,
    String revisionId,
    Map<String, String> tags,
    @Nullable String version) {
  FunctionDefinition {
    tags = Map.copyOf(tags);
    version = version == null ? FunctionName.LATEST : version;
  }

  @Override
  public String version() {
    return version == null ? FunctionName.LATEST : version;
  }

  FunctionDefinition withTags(Map<String, String> other) {
    return new FunctionDefinition(name, settings, code, lastModified, revisionId, other, version);
  }
}
