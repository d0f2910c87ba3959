package dev.gatehouse.lambda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A Gatehouse with one function that runs, to be killed. */
final class StandIn {
  private StandIn() {}

  public static void main(String[] arguments) throws Exception {
    Path note = Path.of(arguments[1]);
    LambdaServer server = LambdaServer.start(Path.of(arguments[0]));
    server.create(
        "orphan",
        HandlerZip.stream(ProcessFateTest.SPAWN + "while (true) Thread.onSpinWait();"),
        request ->
            request.timeout(600).environment(e -> e.variables(Map.of("NOTE", note.toString()))));
    Thread.startVirtualThread(() -> server.invoke("orphan", "{}"));
    Eventually.holds("the function runs", () -> Files.exists(note));
    System.out.println("running");
    Thread.sleep(Long.MAX_VALUE);
  }
}
