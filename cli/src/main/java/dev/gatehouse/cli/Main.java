package dev.gatehouse.cli;

import dev.gatehouse.cli.traffic.RequestsCommand;
import dev.gatehouse.server.config.WrongConfiguration;
import java.io.IOException;

/** The {@code gatehouse} command: the plain form of {@code serve} at once, all else by picocli. */
public final class Main {

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(
        ServeOptions.plain(arguments)
            .map(Main::serve)
            .orElseGet(() ->
                GatehouseCommand.commandLine(arguments)
                    .execute(RequestsCommand.idLast(arguments))));
  }

  private static int serve(ServeOptions options) {
    try {
      Serving.run(options, Launch.current());
      return 0;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      System.err.println("gatehouse: " + message(failure));
      return exitCode(failure);
    }
  }

  /** As the help lists them. */
  static int exitCode(Exception failure) {
    return failure instanceof WrongConfiguration ? 2 : 1;
  }

  /** An error in a line. */
  static String message(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
