package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.lang.reflect.Type;

/**
 * JSON as AWS's Java runtime reads and writes it, by its own library: the event classes of {@code
 * aws-lambda-java-events} have special rules, the rest is plain Jackson.
 */
final class Serializers {
  private final ClassLoader taskClasses;

  Serializers(ClassLoader taskClasses) {
    this.taskClasses = taskClasses;
  }

  /** The serializer of a handler's parameter or return type. */
  @SuppressWarnings("unchecked") // a serializer of any class reads and writes objects of it
  PojoSerializer<Object> of(Type type) {
    if (type instanceof Class<?> plain) {
      return LambdaEventSerializers.isLambdaSupportedEvent(plain.getName())
          ? (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(plain, taskClasses)
          : (PojoSerializer<Object>) JacksonFactory.getInstance().getSerializer(plain);
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }
}
