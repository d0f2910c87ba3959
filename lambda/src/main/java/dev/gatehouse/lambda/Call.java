package dev.gatehouse.lambda;

import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Identity;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of one operation. */
record Call(Caller caller, HttpCall http, Operations.Match operation, AccessCheck access) {
  private static final long MAX_DISCARDED = 64L << 20;

  String parameter(String name) {
    return operation.parameters().getOrDefault(name, "");
  }

  /** Refuses a caller who may not do this; {@code *} where it is about no resource. */
  void require(String resource) {
    access.require(caller, action(), resource);
  }

  /**
   * Refuses a caller whom neither its own policies nor the function's let do this. Where control
   * calls are open, too, a function is of its account, which may share it.
   *
   * @param policy null where the function has none
   */
  void require(FunctionName name, @Nullable Policy policy) {
    Access wanted = new Access(action(), name.arn(), Context.nothing(), policy);
    if (!name.key().scope().account().equals(caller.scope().account()) && !isShared(wanted)) {
      throw Errors.notShared(caller, wanted.action(), wanted.resource());
    }
    access.require(caller, wanted);
  }

  private boolean isShared(Access wanted) {
    Identity identity = caller.identity();
    Principal principal = new Principal.Arn(identity.arn(), identity.holder());
    return wanted.policy() != null
        && wanted
            .policy()
            .allows(
                new AccessRequest(principal, wanted.action(), wanted.resource(), wanted.context()));
  }

  /** Whether an operation is for whoever may invoke the function, of whichever account. */
  static boolean invokes(String operation) {
    return operation.equals("Invoke") || operation.equals("InvokeWithResponseStream");
  }

  private String action() {
    return "lambda:" + (invokes(operation.name()) ? "InvokeFunction" : operation.name());
  }

  /** Refuses a caller who may not give a function that role [C]. */
  void requirePassing(String role) {
    access.require(
        caller,
        "iam:PassRole",
        role,
        Context.of(Map.of("iam:PassedToService", "lambda.amazonaws.com")));
  }

  /** Refuses a caller who may not read that object. */
  void requireReading(String bucket, String key) {
    access.require(caller, "s3:GetObject", "arn:aws:s3:::" + bucket + "/" + key);
  }

  /** The function that the path names, with the qualifier of path or query. */
  FunctionName function() {
    return FunctionName.of(
        caller, operation.name(), parameter("FunctionName"), query("Qualifier").orElse(null));
  }

  Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  /** Every value of a query parameter. */
  List<String> queries(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : http.rawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        try {
          values.add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw new ServiceException(
              400, "SerializationException", "The query parameter " + name + " is malformed");
        }
      }
    }
    return values;
  }

  /** A query parameter that is a number within bounds. */
  int number(String name, int min, int max, int fallback) {
    String text = query(name).orElse("" + fallback);
    if (!text.matches("[0-9]{1,9}")) {
      throw new ServiceException(
          400, "SerializationException", "The query parameter " + name + " must be an integer");
    }
    int number = Integer.parseInt(text);
    if (number < min || number > max) {
      throw Errors.constraint(
          "'" + number + "'",
          name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
          "Member must have value between " + min + " and " + max);
    }
    return number;
  }

  /** The whole body, which must not be longer than so many bytes. */
  byte[] body(int limit) throws IOException {
    byte[] bytes = bytes(limit);
    if (bytes.length > limit) {
      discardRest();
      throw new ServiceException(
          413,
          "RequestEntityTooLargeException",
          "Request must be smaller than "
              + limit
              + " bytes for the "
              + operation.name()
              + " operation");
    }
    return bytes;
  }

  /** The body up to a limit, or one byte more where it is longer. */
  byte[] bytes(int limit) throws IOException {
    return http.body().readNBytes(limit + 1);
  }

  /** Reads on for a while, so that a client that is still sending gets to see the refusal. */
  long discardRest() throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long discarded = 0;
    int read = 0;
    while (read >= 0 && discarded < MAX_DISCARDED) {
      discarded += read;
      read = http.body().read(buffer);
    }
    return discarded;
  }
}
