package dev.gatehouse.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/** Holds the table against the AWS SDK's own model of every operation. */
class SdkModelTest {
  private final Map<String, Operation> table =
      Operations.load().all().stream()
          .collect(Collectors.toMap(Operation::name, operation -> operation));

  /** The operations that the SDK has, by name, as their client methods. */
  private static Map<String, Method> sdkOperations() {
    Map<String, Method> found = new LinkedHashMap<>();
    for (Method method : ApiGatewayV2Client.class.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && AwsRequest.class.isAssignableFrom(parameters[0])
          && !method.getName().endsWith("Paginator")) {
        String request = parameters[0].getSimpleName();
        found.put(request.substring(0, request.length() - "Request".length()), method);
      }
    }
    return found;
  }

  @Test
  void theTableAndTheSdkKnowTheSameOperations() {
    assertThat(sdkOperations().keySet()).hasSizeGreaterThan(70);
    assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(sdkOperations().keySet());
  }

  @Test
  void inputsAgree() {
    List<String> differences = new ArrayList<>();
    sdkOperations()
        .forEach((name, method) ->
            compareInput(name, fields(method.getParameterTypes()[0]), differences));
    assertThat(differences).isEmpty();
  }

  @Test
  void outputsAgree() {
    List<String> differences = new ArrayList<>();
    sdkOperations()
        .forEach((name, method) -> {
          if (SdkPojo.class.isAssignableFrom(method.getReturnType())) {
            compare(
                name + " output",
                fields(method.getReturnType()),
                table.get(name).output(),
                differences);
          }
        });
    differences.removeIf(line -> line.startsWith("ExportApi output"));
    assertThat(differences).isEmpty();
  }

  private void compareInput(String name, List<SdkField<?>> fields, List<String> differences) {
    Operation operation = table.get(name);
    Map<MarshallLocation, List<SdkField<?>>> byPlace =
        fields.stream().collect(Collectors.groupingBy(SdkField::location));
    List<String> path =
        byPlace.getOrDefault(MarshallLocation.PATH, List.of()).stream()
            .map(SdkField::locationName)
            .sorted()
            .toList();
    List<String> ours = operation.path().parameters().stream().sorted().toList();
    if (!path.equals(ours)) {
      differences.add(name + " path: SDK " + path + ", table " + ours);
    }
    List<SdkField<?>> query = byPlace.getOrDefault(MarshallLocation.QUERY_PARAM, List.of());
    compare(name + " query", query, operation.query(), differences);
    List<SdkField<?>> body = byPlace.getOrDefault(MarshallLocation.PAYLOAD, List.of());
    compare(name + " body", body, operation.body(), differences);
  }

  private void compare(
      String at, List<SdkField<?>> fields, Shape.Structure ours, List<String> differences) {
    List<String> theirNames = fields.stream().map(SdkField::locationName).sorted().toList();
    List<String> ourNames = ours.members().keySet().stream().sorted().toList();
    if (!theirNames.equals(ourNames)) {
      differences.add(at + ": SDK " + theirNames + ", table " + ourNames);
      return;
    }
    for (SdkField<?> field : fields) {
      Shape.Member member = ours.members().get(field.locationName());
      String inside = at + "." + field.locationName();
      if (required(field) && !member.required()) {
        differences.add(inside + ": the SDK requires it");
      }
      compareShape(inside, field, member.shape(), differences);
    }
  }

  private void compareShape(String at, SdkField<?> field, Shape shape, List<String> differences) {
    String theirs = field.marshallingType().getTargetClass().getSimpleName();
    String ours =
        switch (shape) {
          case Shape.Text text -> "String";
          case Shape.Choice choice -> "String";
          case Shape.Whole whole -> "Integer";
          case Shape.Decimal decimal -> "Double";
          case Shape.Flag flag -> "Boolean";
          case Shape.Time time -> "Instant";
          case Shape.Blob blob -> "SdkBytes";
          case Shape.Items items -> {
            ListTrait trait = field.getTrait(ListTrait.class);
            if (trait != null) {
              compareShape(at + "[]", trait.memberFieldInfo(), items.element(), differences);
            }
            yield "List";
          }
          case Shape.Entries entries -> {
            MapTrait trait = field.getTrait(MapTrait.class);
            if (trait != null) {
              compareShape(at + "{}", trait.valueFieldInfo(), entries.value(), differences);
            }
            yield "Map";
          }
          case Shape.Structure structure -> {
            compare(at, pojoFields(field), structure, differences);
            yield "SdkPojo";
          }
        };
    if (!theirs.equals(ours)) {
      differences.add(at + ": SDK " + theirs + ", table " + ours);
    }
  }

  private static boolean required(SdkField<?> field) {
    return field.containsTrait(RequiredTrait.class);
  }

  private static List<SdkField<?>> pojoFields(SdkField<?> field) {
    return field.constructor() == null ? List.of() : field.constructor().get().sdkFields();
  }

  private static List<SdkField<?>> fields(Class<?> pojo) {
    try {
      Object builder = pojo.getMethod("builder").invoke(null);
      return ((SdkPojo) builder).sdkFields();
    } catch (ReflectiveOperationException e) {
      throw new AssertionFailedError(pojo + " " + Arrays.toString(pojo.getMethods()), e);
    }
  }
}
