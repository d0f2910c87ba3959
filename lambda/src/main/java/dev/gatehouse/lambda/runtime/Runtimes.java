package dev.gatehouse.lambda.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The runtimes of this machine by their AWS names. What there is is looked for when somebody first
 * asks: a server that runs no function need not wait for it.
 */
public final class Runtimes {
  private final FutureTask<Map<String, FunctionRuntime>> found;

  /**
   * @param search looks for what can be started; called once
   */
  public Runtimes(Supplier<Map<String, FunctionRuntime>> search) {
    this.found = new FutureTask<>(() -> Map.copyOf(search.get()));
  }

  /** Those that can be started. */
  public Map<String, FunctionRuntime> available() {
    found.run(); // only the first call does
    return switch (found.state()) {
      case SUCCESS -> found.resultNow();
      case FAILED -> throw new IllegalStateException(found.exceptionNow());
      case RUNNING, CANCELLED -> await();
    };
  }

  private Map<String, FunctionRuntime> await() {
    try {
      return found.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for runtimes", e);
    }
  }

  public Optional<FunctionRuntime> find(String name) {
    return Optional.ofNullable(available().get(name));
  }

  /** Why a runtime cannot be used here, and what would change that. */
  public String lack(String name) {
    String why =
        Language.of(name)
            .map(language -> " is not available on this machine: " + language.advice(name))
            .orElse(
                " is not available: Gatehouse runs functions in Java, Node.js, Python and, as"
                    + " provided.al2023, any executable.");
    return "The runtime " + name + why + " Available are " + names();
  }

  /** AWS knows the name, whether or not this machine has it. */
  public static boolean known(String name) {
    return Language.of(name).isPresent() || name.matches("dotnet(6|8|9|10)|ruby3\\.[2-4]");
  }

  /** The same, with those that AWS has retired: layers were made for them. */
  public static boolean named(String name) {
    return known(name)
        || name.matches(
            "nodejs([468]\\.\\d+|(4\\.3-edge)|1[0246]\\.x)?|python(2\\.7|3\\.[67])"
                + "|dotnetcore[123]\\.[01]|ruby2\\.[57]|go1\\.x|provided");
  }

  private String names() {
    return available().keySet().stream().sorted().toList() + ".";
  }
}
