package dev.gatehouse.gateway.websocket;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An integration response of a MOCK (websocket-api.md 6.3).
 *
 * @param statuses matched as a whole; null for {@code $default}, which fits what no other does
 */
record MockResponse(@Nullable Pattern statuses, Templates templates) {

  boolean fits(String status) {
    return statuses == null || statuses.matches(status);
  }
}
