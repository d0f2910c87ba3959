package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together the runtimes of this machine: those that the configuration names, and under the
 * names that are left those that are installed.
 *
 * @param configured JDK homes and executables by runtime name; they were looked at
 * @param javaBootstrap the jars of the bootstrap for Java, in their order
 * @param bootstraps the directory with those of the others
 * @param caches where ahead-of-time caches are kept
 */
public record RuntimeSearch(
    Map<String, Path> configured,
    List<Path> javaBootstrap,
    Path bootstraps,
    Path caches,
    Installed installed)
    implements Supplier<Map<String, FunctionRuntime>> {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeSearch.class);

  @Override
  public Map<String, FunctionRuntime> get() {
    Map<String, Path> places = new HashMap<>();
    places.putAll(installed.jdks());
    places.putAll(installed.nodes());
    places.putAll(installed.pythons());
    places.putAll(configured);
    Map<String, FunctionRuntime> runtimes = new HashMap<>();
    for (Map.Entry<String, Path> place : places.entrySet()) {
      try {
        runtimes.put(place.getKey(), runtime(place.getKey(), place.getValue()));
      } catch (IOException e) {
        LOG.warn("{} cannot be used for {}: {}", place.getValue(), place.getKey(), e.toString());
      }
    }
    runtimes.put("provided.al2", new ProvidedRuntime());
    runtimes.put("provided.al2023", new ProvidedRuntime());
    return runtimes;
  }

  private FunctionRuntime runtime(String name, Path place) throws IOException {
    Language language = Language.of(name).orElseThrow();
    String version = language.version(name).orElseThrow();
    return switch (language) {
      case JAVA -> new JavaRuntime(place, javaBootstrap, AotCache.of(place, javaBootstrap, caches));
      case NODE -> new NodeRuntime(place, bootstraps.resolve("node"), Integer.parseInt(version));
      case PYTHON -> new PythonRuntime(place, bootstraps.resolve("python"), version);
      case PROVIDED -> new ProvidedRuntime();
    };
  }
}
