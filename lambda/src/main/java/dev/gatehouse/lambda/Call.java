package dev.gatehouse.lambda;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One call of one operation. */
record Call(Caller caller, HttpCall http, Operations.Match operation) {

  String parameter(String name) {
    return operation.parameters().getOrDefault(name, "");
  }

  /** The function that the path names, with the qualifier of path or query. */
  FunctionName function() {
    return FunctionName.of(
        caller, operation.name(), parameter("FunctionName"), query("Qualifier").orElse(null));
  }

  Optional<String> query(String name) {
    for (String pair : http.rawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        try {
          return Optional.of(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw new ServiceException(
              400, "SerializationException", "The query parameter " + name + " is malformed");
        }
      }
    }
    return Optional.empty();
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
    ServiceException tooLarge =
        new ServiceException(
            413,
            "RequestEntityTooLargeException",
            "Request must be smaller than "
                + limit
                + " bytes for the "
                + operation.name()
                + " operation");
    if (http.bodyLength() > limit) {
      throw tooLarge;
    }
    try (InputStream in = http.body()) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw tooLarge;
      }
      return bytes;
    }
  }
}
