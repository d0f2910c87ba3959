package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.process.ProcessStart;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import dev.gatehouse.lambda.runtime.Launch;
import dev.gatehouse.logs.LogName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes of one version of a function.
 *
 * @param layers its unpacked layers; null where it has none
 */
record FunctionStart(
    LambdaSetup setup,
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
  public Map<String, String> environment(Place place) throws IOException {
    return new ProcessEnvironment(setup).of(key, definition, runtime, launch(place), place);
  }

  /** As AWS names them: {@code 2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef} [C]. */
  @Override
  public String logStream() {
    String day = setup.clock().instant().toString().substring(0, 10).replace('-', '/');
    return day + "/[" + definition.version() + "]" + setup.ids().get().replace("-", "");
  }

  @Override
  public void log(String stream, String line) {
    LogName name = new LogName(key.scope(), definition.settings().logGroup(), stream);
    setup.logs().write(name, setup.clock().millis(), line);
  }

  @Override
  public boolean logsPressed() {
    return setup.logs().pressed();
  }

  private Launch launch(Place place) throws IOException {
    int memory = definition.settings().memorySize();
    return new Launch(taskRoot, layers, place.temporary(), memory, setup.trust().files());
  }
}
