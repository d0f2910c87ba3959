package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** An API key (control-plane.md section 14): a value that callers show, and whether it counts. */
public record ApiKey(String id, @Nullable String name, String value, boolean enabled) {

  /** Without the value. */
  @Override
  public String toString() {
    return "ApiKey[" + id + ", " + (enabled ? "enabled" : "disabled") + "]";
  }
}
