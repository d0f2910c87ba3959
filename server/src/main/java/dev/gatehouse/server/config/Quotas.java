package dev.gatehouse.server.config;

import dev.gatehouse.control.Limits;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The quotas of the control API as keys. Names and defaults are taken from the record of the
 * control API itself, so that a quota that is added there can be configured without a second list.
 */
final class Quotas {
  private Quotas() {}

  static Limits read(Section section) {
    Kind<Integer> kind = Kind.numberOrNone(1, Limits.NONE);
    Map<String, Integer> usual = values(Limits.AWS);
    Object[] values =
        usual.entrySet().stream()
            .map(quota -> section.get(quota.getKey(), kind, quota.getValue()))
            .toArray();
    try {
      return constructor().newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The quotas by key, in the order of the record. */
  static Map<String, Integer> values(Limits limits) {
    Map<String, Integer> values = new LinkedHashMap<>();
    try {
      for (RecordComponent component : Limits.class.getRecordComponents()) {
        values.put(key(component.getName()), (Integer) component.getAccessor().invoke(limits));
      }
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
    return values;
  }

  private static Constructor<Limits> constructor() throws NoSuchMethodException {
    return Limits.class.getDeclaredConstructor(
        Arrays.stream(Limits.class.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  private static String key(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
