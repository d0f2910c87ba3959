package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.HeaderText;
import dev.gatehouse.model.ParameterMapping;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** One header mapping at work. */
final class HeaderMapping {
  private HeaderMapping() {}

  /** Does what the mapping says; a missing value appends and overwrites nothing [L]. */
  static void apply(ParameterMapping mapping, @Nullable String value, HttpHeaders target) {
    CharSequence clean = value == null ? null : HeaderText.write(oneLine(value).strip());
    switch (mapping.action()) {
      case APPEND -> {
        if (clean != null) {
          target.add(mapping.name(), clean);
        }
      }
      case OVERWRITE -> {
        if (clean != null) {
          target.set(mapping.name(), clean);
        }
      }
      case REMOVE -> target.remove(mapping.name());
    }
  }

  /** A decoded path or query value may hold line breaks, which must not become header lines. */
  private static String oneLine(String value) {
    StringBuilder clean = null;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        clean = clean == null ? new StringBuilder(value) : clean;
        clean.setCharAt(i, ' ');
      }
    }
    return clean == null ? value : clean.toString();
  }
}
