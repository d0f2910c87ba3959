package dev.gatehouse.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name in a {@code Host} header, without port and final dot, in lower case. Only plain forms
 * are taken: an address is four decimal numbers or {@code [::1]}, never {@code 127.1}, {@code
 * 0x7f000001} and the like, which some resolve and others don't.
 */
record HostName(String name) {
  private static final Pattern HEADER =
      Pattern.compile("(\\[::1\\]|[a-z0-9_](?:[a-z0-9_.-]{0,252}))(?::[0-9]{1,5})?");
  private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern LOOPBACK = Pattern.compile("127(?:\\." + NUMBER + "){3}");

  static Optional<HostName> parse(String header) {
    Matcher matcher = HEADER.matcher(header.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    return Optional.of(
        new HostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name));
  }

  boolean isLoopback() {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || LOOPBACK.matcher(name).matches();
  }
}
