package dev.gatehouse.control;

import java.util.Locale;
import java.util.Map;

/** What tags may be (control-plane.md section 4 [C]). */
final class TagRules {
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TagRules() {}

  static void check(Map<String, String> tags, Limits limits) {
    if (tags.size() > limits.tags()) {
      throw OwnRefusals.invalid("tags", "a resource may have " + limits.tags() + " tags at most");
    }
    tags.forEach(TagRules::check);
  }

  private static void check(String key, String value) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw OwnRefusals.invalid("tags", "a key has 1 to 128 characters");
    }
    if (value.length() > LONGEST_VALUE) {
      throw OwnRefusals.invalid("tags", "a value has 256 characters at most");
    }
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw OwnRefusals.invalid("tags", "keys that start with aws: are reserved");
    }
  }
}
