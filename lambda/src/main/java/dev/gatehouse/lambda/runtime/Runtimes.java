package dev.gatehouse.lambda.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * The runtimes of this machine by their AWS names, found by whoever reads the configuration.
 *
 * @param available those that can be started
 */
public record Runtimes(Map<String, FunctionRuntime> available) {
  public Runtimes {
    available = Map.copyOf(available);
  }

  public Optional<FunctionRuntime> find(String name) {
    return Optional.ofNullable(available.get(name));
  }

  /** Why a runtime cannot be used here, and what would change that. */
  public String lack(String name) {
    if (name.matches("java(8\\.al2|[0-9]{2})")) {
      String version = name.replaceAll("^java|\\.al2$", "");
      return "The runtime "
          + name
          + " is not available on this machine: install a JDK "
          + version
          + " and name its home in the configuration of Gatehouse. Available are "
          + names();
    }
    return "The runtime "
        + name
        + " is not available: this version of Gatehouse runs Java functions only. Available are "
        + names();
  }

  /** AWS knows the name, whether or not this machine has it. */
  public static boolean known(String name) {
    return name.matches(
        "java(8\\.al2|11|17|21|25)|nodejs(18|20|22|24)\\.x|python3\\.(8|9|10|11|12|13|14)"
            + "|dotnet(6|8|9|10)|ruby3\\.[2-4]|provided\\.al2(023)?");
  }

  private String names() {
    return available.isEmpty() ? "none." : available.keySet().stream().sorted().toList() + ".";
  }
}
