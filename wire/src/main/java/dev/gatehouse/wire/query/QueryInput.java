package dev.gatehouse.wire.query;

import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call of the Query protocol says: {@code Action=CreateRole&Tags.member.1.Key=…} in its
 * body, or in its query.
 */
public final class QueryInput {
  private static final int MAX_MEMBERS = 1_000;

  private final Map<String, String> members;

  private QueryInput(Map<String, String> members) {
    this.members = members;
  }

  /**
   * Reads a call.
   *
   * @throws ServiceException where it is longer than {@code maxBytes}, or is no form
   * @throws IOException when the client goes away
   */
  public static QueryInput read(HttpCall call, int maxBytes) throws IOException {
    byte[] body = call.body().readNBytes(maxBytes + 1);
    if (body.length > maxBytes) {
      throw new ServiceException(
          413, "RequestEntityTooLarge", "Request must be smaller than " + maxBytes + " bytes.");
    }
    Map<String, String> members = new LinkedHashMap<>();
    add(members, call.rawQuery());
    add(members, new String(body, StandardCharsets.UTF_8));
    return new QueryInput(members);
  }

  private static void add(Map<String, String> members, String form) {
    for (String part : form.split("&")) {
      int equals = part.indexOf('=');
      if (members.size() > MAX_MEMBERS) {
        throw malformed("Too many members");
      }
      if (!part.isEmpty()) {
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        if (members.put(name, equals < 0 ? "" : decode(part.substring(equals + 1))) != null) {
          throw malformed("The member " + name + " is given twice");
        }
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw malformed("The call is no form");
    }
  }

  private static ServiceException malformed(String reason) {
    return new ServiceException(400, "MalformedInput", reason);
  }

  /** The operation; empty text where none is named. */
  public String action() {
    return members.getOrDefault("Action", "");
  }

  /** A member; empty where it is not given. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /**
   * A member.
   *
   * @throws ServiceException where it is not given
   */
  public String need(String name) {
    return find(name)
        .orElseThrow(() ->
            new ServiceException(
                400,
                "ValidationError",
                "1 validation error detected: Value null at '"
                    + Character.toLowerCase(name.charAt(0))
                    + name.substring(1)
                    + "' failed to satisfy constraint: Member must not be null"));
  }

  /** Whether a member, or anything in it, is given. */
  public boolean has(String name) {
    return members.keySet().stream()
        .anyMatch(key -> key.equals(name) || key.startsWith(name + "."));
  }

  /** The texts of a list. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (int i = 1; members.containsKey(name + ".member." + i); i++) {
      texts.add(members.get(name + ".member." + i));
    }
    return texts;
  }

  /** The structures of a list. */
  public List<QueryInput> structures(String name) {
    List<QueryInput> structures = new ArrayList<>();
    for (int i = 1; ; i++) {
      String prefix = name + ".member." + i + ".";
      Map<String, String> inside = new LinkedHashMap<>();
      members.forEach((key, value) -> {
        if (key.startsWith(prefix)) {
          inside.put(key.substring(prefix.length()), value);
        }
      });
      if (inside.isEmpty()) {
        return structures;
      }
      structures.add(new QueryInput(inside));
    }
  }
}
