package dev.gatehouse.objects;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the bucket in a host name: {@code photos.localhost}, {@code photos.s3.localhost} and {@code
 * photos.s3.eu-west-1.localhost} mean the bucket {@code photos}; {@code s3.localhost} and any other
 * host mean that the path names it.
 */
final class BucketHosts {
  private static final Pattern SERVICE =
      Pattern.compile("(?:(.+)\\.)?s3(?:[.-][a-z]+-[a-z]+-[0-9])?");

  private final List<String> domains;

  BucketHosts(Set<String> domains) {
    this.domains =
        domains.stream().map(domain -> "." + domain.toLowerCase(Locale.ROOT)).sorted().toList();
  }

  Optional<String> bucket(String hostHeader) {
    String host = withoutPort(hostHeader.strip().toLowerCase(Locale.ROOT));
    return domains.stream()
        .filter(host::endsWith)
        .findFirst()
        .map(domain -> host.substring(0, host.length() - domain.length()))
        .flatMap(BucketHosts::withoutService);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon >= 0 && host.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
    return port ? host.substring(0, colon) : host;
  }

  private static Optional<String> withoutService(String name) {
    Matcher service = SERVICE.matcher(name);
    return service.matches() ? Optional.ofNullable(service.group(1)) : Optional.of(name);
  }
}
