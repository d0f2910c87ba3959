package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.process.ProcessStart;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import dev.gatehouse.lambda.runtime.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes of one function.
 *
 * @param layers its unpacked layers; null where it has none
 */
record FunctionStart(
    ProcessEnvironment variables,
    FunctionRuntime runtime,
    FunctionKey key,
    FunctionDefinition definition,
    Path taskRoot,
    @Nullable Path layers)
    implements ProcessStart {

  @Override
  public List<String> command(Place place) throws IOException {
    return runtime.command(launch(place));
  }

  @Override
  public Map<String, String> environment(Place place) {
    return variables.of(key, definition, runtime, launch(place), place.runtimeApi());
  }

  private Launch launch(Place place) {
    return new Launch(taskRoot, layers, place.temporary(), definition.settings().memorySize());
  }
}
