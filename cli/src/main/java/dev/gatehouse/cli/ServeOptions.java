package dev.gatehouse.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gatehouse serve} was asked for.
 *
 * @param config null for the file in the data directory, if there is one
 * @param port null for the file's, or the usual one
 * @param data null for the file's, or the usual one, or a temporary one where it is ephemeral
 * @param rehearse whether to answer the calls of {@link Rehearsal} and stop
 */
record ServeOptions(
    @Nullable Path config,
    @Nullable Integer port,
    @Nullable Path data,
    boolean ephemeral,
    boolean rehearse) {

  private static final ServeOptions USUAL = new ServeOptions(null, null, null, false, false);

  /**
   * Reads {@code serve} with options written in the usual way, without picocli, whose reading of
   * annotations would be a good part of the time to the first answer. Whatever is not plain (help,
   * a mistake, another command) is left to picocli.
   */
  static Optional<ServeOptions> plain(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    ServeOptions options = USUAL;
    Iterator<String> rest = List.of(arguments).subList(1, arguments.length).iterator();
    while (rest.hasNext()) {
      Optional<ServeOptions> more = options.with(rest.next(), rest);
      if (more.isEmpty()) {
        return Optional.empty();
      }
      options = more.get();
    }
    return options.data != null && options.ephemeral ? Optional.empty() : Optional.of(options);
  }

  private Optional<ServeOptions> with(String option, Iterator<String> rest) {
    return switch (option) {
      case "--ephemeral" -> Optional.of(new ServeOptions(config, port, data, true, rehearse));
      case "--rehearse" -> Optional.of(new ServeOptions(config, port, data, ephemeral, true));
      case "--port" -> value(rest, "[0-9]{1,5}").map(Integer::valueOf).map(this::withPort);
      case "--config" -> value(rest, "[^-\"'].*").map(Path::of).map(this::withConfig);
      case "--data" -> value(rest, "[^-\"'].*").map(Path::of).map(this::withData);
      default -> Optional.empty();
    };
  }

  private static Optional<String> value(Iterator<String> rest, String pattern) {
    return rest.hasNext()
        ? Optional.of(rest.next()).filter(v -> v.matches(pattern))
        : Optional.empty();
  }

  private ServeOptions withConfig(Path other) {
    return new ServeOptions(other, port, data, ephemeral, rehearse);
  }

  private ServeOptions withPort(int other) {
    return new ServeOptions(config, other, data, ephemeral, rehearse);
  }

  private ServeOptions withData(Path other) {
    return new ServeOptions(config, port, other, ephemeral, rehearse);
  }
}
