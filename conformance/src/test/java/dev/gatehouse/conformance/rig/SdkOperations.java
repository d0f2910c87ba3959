package dev.gatehouse.conformance.rig;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations of the AWS SDK's client, walked by its own model: JSON in, JSON out. */
public final class SdkOperations {
  private final Map<String, Method> methods = new TreeMap<>();
  private final SdkClient client;

  /** The operations of a client. */
  public SdkOperations(ApiGatewayV2Client client) {
    this(client, ApiGatewayV2Client.class);
  }

  /** The operations of another service's client. */
  public SdkOperations(LambdaClient client) {
    this(client, LambdaClient.class);
  }

  private SdkOperations(SdkClient client, Class<?> operations) {
    this.client = client;
    for (Method method : operations.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && AwsRequest.class.isAssignableFrom(parameters[0])
          && SdkPojo.class.isAssignableFrom(method.getReturnType())) {
        String request = parameters[0].getSimpleName();
        methods.put(request.substring(0, request.length() - "Request".length()), method);
      }
    }
  }

  /** Every operation's name. */
  public Set<String> names() {
    return methods.keySet();
  }

  /** Whether there is such an operation. */
  public boolean has(String operation) {
    return methods.containsKey(operation);
  }

  /** Sends an operation with members by their wire names, and gives its answer in the same way. */
  public ObjectNode call(String operation, JsonNode members) throws Exception {
    try {
      Object request = SdkJson.pojo(builder(operation), members);
      return SdkJson.json((SdkPojo) method(operation).invoke(client, request));
    } catch (InvocationTargetException e) {
      throw new AssertionError(operation + " " + members + ": " + e.getCause(), e.getCause());
    }
  }

  /** The members that an operation's answer can have. */
  public Set<String> answers(String operation) throws Exception {
    Object builder = method(operation).getReturnType().getMethod("builder").invoke(null);
    Set<String> names = new TreeSet<>();
    ((SdkPojo) builder).sdkFields().forEach(field -> names.add(field.locationName()));
    return names;
  }

  /** The members of an operation's input, those of structures as {@code outer.inner}. */
  public Set<String> members(String operation) throws Exception {
    Set<String> members = new TreeSet<>();
    members(operation, builder(operation), members);
    return members;
  }

  private static void members(String at, SdkPojo pojo, Set<String> into) {
    for (SdkField<?> field : pojo.sdkFields()) {
      members(at + "." + field.locationName(), field, into);
    }
  }

  private static void members(String at, SdkField<?> field, Set<String> into) {
    ListTrait list = field.getTrait(ListTrait.class);
    MapTrait map = field.getTrait(MapTrait.class);
    if (list != null) {
      members(at, list.memberFieldInfo(), into);
    } else if (map != null) {
      members(at, map.valueFieldInfo(), into);
    } else if (field.constructor() != null) {
      members(at, field.constructor().get(), into);
    } else {
      into.add(at);
    }
  }

  /** The members that a call of an operation gives, named as {@link #members} does. */
  public Set<String> given(String operation, JsonNode call) throws Exception {
    Set<String> given = new TreeSet<>();
    given(operation, builder(operation), call, given);
    return given;
  }

  private static void given(String at, SdkPojo pojo, JsonNode value, Set<String> into) {
    for (SdkField<?> field : pojo.sdkFields()) {
      JsonNode member = value.get(field.locationName());
      if (member != null) {
        given(at + "." + field.locationName(), field, member, into);
      }
    }
  }

  private static void given(String at, SdkField<?> field, JsonNode value, Set<String> into) {
    ListTrait list = field.getTrait(ListTrait.class);
    MapTrait map = field.getTrait(MapTrait.class);
    if (list != null || map != null) {
      SdkField<?> element = list != null ? list.memberFieldInfo() : map.valueFieldInfo();
      value.values().forEach(each -> given(at, element, each, into));
    } else if (field.constructor() != null) {
      given(at, field.constructor().get(), value, into);
    } else {
      into.add(at);
    }
  }

  private SdkPojo builder(String operation) throws Exception {
    Class<?> request = method(operation).getParameterTypes()[0];
    return (SdkPojo) request.getMethod("builder").invoke(null);
  }

  private Method method(String operation) {
    Method method = methods.get(operation);
    if (method == null) {
      throw new AssertionError("The SDK has no operation " + operation);
    }
    return method;
  }
}
