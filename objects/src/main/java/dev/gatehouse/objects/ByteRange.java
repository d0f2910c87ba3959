package dev.gatehouse.objects;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an object that a call asks for. One range only; several, or a text that is no range,
 * mean the whole object [C].
 *
 * @param from the first byte
 * @param length bytes, at least one
 */
record ByteRange(long from, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** What a Range header comes to. */
  sealed interface Asked {}

  /** All of it. */
  record Whole() implements Asked {}

  record Part(ByteRange range) implements Asked {}

  /** Nothing of the object lies in the range. */
  record Beyond() implements Asked {}

  static Asked of(Optional<String> header, long size) {
    Matcher form = FORM.matcher(header.map(String::strip).orElse(""));
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return new Whole();
    }
    long first;
    long last = size - 1;
    if (form.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(form.group(2)));
    } else {
      first = Long.parseLong(form.group(1));
      if (!form.group(2).isEmpty()) {
        long end = Long.parseLong(form.group(2));
        if (end < first) {
          return new Whole();
        }
        last = Math.min(last, end);
      }
    }
    return first > last ? new Beyond() : new Part(new ByteRange(first, last - first + 1));
  }

  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
