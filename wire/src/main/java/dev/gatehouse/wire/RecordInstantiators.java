package dev.gatehouse.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Makes records by reflection. Jackson's own way goes through method handles, for which the JVM
 * makes some fifty classes at every start: a third of the time that it took to serve what is
 * stored.
 */
final class RecordInstantiators extends ValueInstantiators.Base {

  @Override
  public ValueInstantiator modifyValueInstantiator(
      DeserializationConfig config, BeanDescription.Supplier bean, ValueInstantiator usual) {
    return bean.getBeanClass().isRecord() && usual instanceof StdValueInstantiator standard
        ? new ByConstructor(standard, constructor(bean.getBeanClass()))
        : usual;
  }

  private static Constructor<?> constructor(Class<?> type) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Calls the record's own constructor. */
  private static final class ByConstructor extends StdValueInstantiator {
    private final Constructor<?> constructor;

    ByConstructor(StdValueInstantiator usual, Constructor<?> constructor) {
      super(usual);
      this.constructor = constructor;
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] values) {
      try {
        return constructor.newInstance(values);
      } catch (InvocationTargetException refused) {
        throw rewrapCtorProblem(context, refused.getCause());
      } catch (ReflectiveOperationException | IllegalArgumentException wrong) {
        throw rewrapCtorProblem(context, wrong);
      }
    }
  }
}
