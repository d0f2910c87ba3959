package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a call is about, after its names have been checked: a bucket is a folder and a key is a path
 * in it, so nothing may get here that would lead elsewhere.
 */
sealed interface S3Target {

  /**
   * The names are good.
   *
   * @param name {@code /bucket/key}, decoded
   * @param query the query for S3Proxy, without what belongs to the signature
   * @param isBucket whether the path names a bucket and no key
   */
  record Accepted(String name, String query, boolean isBucket) implements S3Target {
    /** Path and query for S3Proxy, encoded in one way. */
    String text() {
      String path = UriText.encode(name);
      return query.isEmpty() ? path : path + "?" + query;
    }

    /** Needs no encoding. */
    String bucket() {
      int slash = name.indexOf('/', 1);
      return slash < 0 ? name.substring(1) : name.substring(1, slash);
    }

    /** Empty for a bucket. */
    String key() {
      int slash = name.indexOf('/', 1);
      return slash < 0 ? "" : name.substring(slash + 1);
    }

    /** Whether the query is this one name alone. */
    boolean asks(String what) {
      return query.equals(what)
          || (query.length() == what.length() + 1 && query.startsWith(what) && query.endsWith("="));
    }

    /** The same of the one version that an object has. */
    Accepted withoutVersion() {
      if (!query.contains("versionId=null")) {
        return this;
      }
      String left =
          Arrays.stream(query.split("&"))
              .filter(part -> !part.equals("versionId=null"))
              .collect(Collectors.joining("&"));
      return new Accepted(name, left, isBucket);
    }

    /** The query, decoded; of a name that is there twice the last value. */
    Map<String, String> parameters() {
      Map<String, String> parameters = new TreeMap<>();
      for (String part : query.split("&")) {
        int equals = part.indexOf('=');
        String name = (equals < 0 ? part : part.substring(0, equals)).replace('+', ' ');
        String value = equals < 0 ? "" : part.substring(equals + 1).replace('+', ' ');
        if (!name.isEmpty()) {
          parameters.put(UriText.decode(name).orElse(name), UriText.decode(value).orElse(value));
        }
      }
      return parameters;
    }
  }

  record Refused(Answer.Failed failed) implements S3Target {}

  /** Parameters that carry names. */
  Set<String> KEYS = Set.of("prefix", "marker", "start-after", "key-marker", "delimiter");

  Set<String> READS = Set.of("GET", "HEAD");

  static S3Target parse(HttpCall call, Optional<String> hostBucket) {
    Optional<String> path = UriText.decode(call.rawPath());
    Optional<String> source = copySource(call);
    boolean badSource = call.headers().first("x-amz-copy-source").isPresent() && source.isEmpty();
    if (path.isEmpty() || !path.get().startsWith("/") || badSource) {
      return refused(400, "InvalidURI", "Couldn't parse the specified URI.");
    }
    String full = hostBucket.map(bucket -> "/" + bucket + path.get()).orElse(path.get());
    return check(full, source)
        .map(failed -> READS.contains(call.method()) ? asMissing(failed, full) : failed)
        .<S3Target>map(Refused::new)
        .orElseGet(() -> accept(full, call.rawQuery()));
  }

  /** A key that cannot be stored is not there; but one too long for S3 is no key. */
  private static Answer.Failed asMissing(Answer.Failed failed, String path) {
    int slash = path.indexOf('/', 1);
    return failed.code().equals("InvalidArgument") && slash > 0
        ? Answer.noSuchKey(path.substring(slash + 1))
        : failed;
  }

  private static Optional<Answer.Failed> check(String path, Optional<String> source) {
    return ObjectNames.check(path).or(() -> source.flatMap(ObjectNames::check));
  }

  /**
   * What is copied, as {@code /bucket/key}, decoded; empty where nothing is or where it can't be
   * read. The version stands after a question mark that is not encoded: one that is belongs to the
   * key.
   */
  static Optional<String> copySource(HttpCall call) {
    return call.headers()
        .first("x-amz-copy-source")
        .map(raw -> raw.indexOf('?') < 0 ? raw : raw.substring(0, raw.indexOf('?')))
        .flatMap(UriText::decode)
        .map(name -> name.startsWith("/") ? name : "/" + name);
  }

  /** The version that is to be copied; empty where a copy names none. */
  static Optional<String> copyVersion(HttpCall call) {
    return call.headers()
        .first("x-amz-copy-source")
        .filter(raw -> raw.contains("?versionId="))
        .map(raw -> raw.substring(raw.indexOf("?versionId=") + "?versionId=".length()));
  }

  private static S3Target accept(String path, String rawQuery) {
    List<String> kept = new ArrayList<>();
    boolean uploads = rawQuery.contains("uploads"); // which S3Proxy lists
    for (String part : rawQuery.split("&")) {
      int equals = part.indexOf('=');
      String rawName = equals < 0 ? part : part.substring(0, equals);
      String name = UriText.decode(rawName.replace('+', ' ')).orElse(rawName);
      Optional<String> value = UriText.decode(equals < 0 ? "" : part.substring(equals + 1));
      if (value.isEmpty()
          || (uploads && KEYS.contains(name) && ObjectNames.leadsElsewhere(value.get()))) {
        return refused(400, "InvalidArgument", "The value of " + name + " can't be used here.");
      }
      if (name.equals("uploadId") && !value.get().matches("[A-Za-z0-9_-]{1,128}")) {
        return refused(404, "NoSuchUpload", "The specified multipart upload does not exist.");
      }
      if (!part.isEmpty() && !isSignature(name)) {
        kept.add(part);
      }
    }
    boolean isBucket = path.indexOf('/', 1) < 0 || path.indexOf('/', 1) == path.length() - 1;
    return new Accepted(path, String.join("&", kept), isBucket);
  }

  private static boolean isSignature(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("x-amz-") || name.equals("x-id");
  }

  private static Refused refused(int status, String code, String message) {
    return new Refused(new Answer.Failed(status, code, message));
  }
}
