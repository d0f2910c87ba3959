package dev.gatehouse.identity;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request besides who asks for what: the condition keys of policies, such as
 * {@code aws:SourceArn}, whose case does not matter. A key that has no value is not there.
 */
public record Context(Map<String, List<String>> values) {
  private static final Context NOTHING = new Context(Map.of());

  public Context {
    TreeMap<String, List<String>> byAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach((key, given) -> byAnyCase.put(key, List.copyOf(given)));
    values = Collections.unmodifiableSortedMap(byAnyCase);
  }

  /** Nothing is known. */
  public static Context nothing() {
    return NOTHING;
  }

  /** Keys that have one value each. */
  public static Context of(Map<String, String> single) {
    TreeMap<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    single.forEach((key, value) -> values.put(key, List.of(value)));
    return new Context(values);
  }

  /** This and that; that goes before this. */
  public Context and(Map<String, String> single) {
    TreeMap<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(values);
    single.forEach((key, value) -> all.put(key, List.of(value)));
    return new Context(all);
  }

  /** The values of a key; null where it is not there. */
  @Nullable List<String> of(String key) {
    return values.get(key);
  }

  /** The value of a key that has just one. */
  @Nullable String single(String key) {
    List<String> found = values.get(key);
    return found != null && found.size() == 1 ? found.getFirst() : null;
  }
}
