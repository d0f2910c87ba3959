package dev.gatehouse.cli.remote;

import java.io.Console;
import java.util.Optional;

/** The person in front of the command, if there is one. */
public final class Terminal {
  private Terminal() {}

  /** The console; empty where input or output goes elsewhere. */
  @SuppressWarnings("SystemConsoleNull") // it was seen to be null with input from /dev/null
  public static Optional<Console> find() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
