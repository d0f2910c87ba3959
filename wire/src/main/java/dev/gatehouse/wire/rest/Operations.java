package dev.gatehouse.wire.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operations of the control API. */
public final class Operations {
  private final List<Operation> all;
  private final Map<String, List<Operation>> byMethod;

  private Operations(List<Operation> all) {
    this.all = all;
    this.byMethod = all.stream().collect(Collectors.groupingBy(Operation::method));
  }

  /** What a request asks for: an operation and its decoded path parameters. */
  public record Match(Operation operation, Map<String, String> path) {}

  /** The table of apigatewayv2. */
  public static Operations load() {
    return read("operations.txt");
  }

  /** The table of what v2 needs of API Gateway v1. */
  public static Operations loadV1() {
    return read("v1-operations.txt");
  }

  private static Operations read(String resource) {
    try (InputStream in = Operations.class.getResourceAsStream(resource)) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return new Operations(TableReader.read(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every operation, in the table's order. */
  public List<Operation> all() {
    return all;
  }

  /** The operation of a method and a raw path; empty where there is none. */
  public Optional<Match> match(String method, String rawPath) {
    if (!rawPath.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = PathTemplate.split(rawPath);
    for (Operation operation : byMethod.getOrDefault(method, List.of())) {
      Optional<Match> match =
          operation.path().match(segments).map(path -> new Match(operation, path));
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }
}
