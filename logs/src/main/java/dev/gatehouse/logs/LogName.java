package dev.gatehouse.logs;

import dev.gatehouse.model.Scope;

/**
 * A stream of a log group of an account and region. Names are as their owner gave them; on disk
 * they are encoded.
 */
public record LogName(Scope scope, String group, String stream) {
  /** The stream that a group's access logs are in. */
  public static final String ACCESS = "access";

  /** In place of a stream where the group is a delivery stream; no stream of a group has it. */
  public static final String DELIVERED = ":delivered";
}
