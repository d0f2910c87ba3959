package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * The members of the SDK's requests and answers by name, so that what is wanted (a create request)
 * is compared with what is there (an answer), and only what differs is sent (an update request).
 * Members that nobody set are nobody's business.
 */
final class Members {
  private Members() {}

  /** Names of what is set in the one, known to the other, and different there. */
  static List<String> differing(SdkPojo wanted, SdkPojo actual) {
    Map<String, SdkField<?>> known = fields(actual);
    List<String> names = new ArrayList<>();
    for (SdkField<?> field : wanted.sdkFields()) {
      Object want = field.getValueOrDefault(wanted);
      SdkField<?> counterpart = known.get(field.memberName());
      if (isSet(want) && counterpart != null) {
        Object have = counterpart.getValueOrDefault(actual);
        if (!isSame(want, have)) {
          names.add(field.memberName());
        }
      }
    }
    return names;
  }

  /** Copies members by name into a builder of another request, and returns that builder. */
  static <B extends SdkPojo> B copy(SdkPojo from, B builder, Collection<String> names) {
    Map<String, SdkField<?>> known = fields(builder);
    for (SdkField<?> field : from.sdkFields()) {
      SdkField<?> counterpart = known.get(field.memberName());
      if (names.contains(field.memberName()) && counterpart != null) {
        counterpart.set(builder, field.getValueOrDefault(from));
      }
    }
    return builder;
  }

  /** The wanted map, with an empty value for each key to be removed: AWS merges maps by key. */
  static Map<String, String> replacing(Map<String, String> actual, Map<String, String> wanted) {
    Map<String, String> merged = new LinkedHashMap<>();
    actual.keySet().forEach(key -> merged.put(key, ""));
    merged.putAll(wanted);
    return merged;
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    pojo.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    return fields;
  }

  private static boolean isSet(@Nullable Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  /** Structures are the same where all that is set in the wanted one is. */
  private static boolean isSame(@Nullable Object want, @Nullable Object have) {
    if (want instanceof SdkPojo structure && have instanceof SdkPojo other) {
      return differing(structure, other).isEmpty();
    }
    if (want instanceof Map<?, ?> entries && have instanceof Map<?, ?> others) {
      return entries.keySet().equals(others.keySet())
          && entries.keySet().stream().allMatch(key -> isSame(entries.get(key), others.get(key)));
    }
    return Objects.equals(want, have) || (isEmpty(want) && isEmpty(have));
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> entries && entries.isEmpty())
        || (value instanceof String text && text.isEmpty());
  }
}
