package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** Trains the cache of a packaged Gatehouse: called when it is packaged. */
public final class TrainJava {
  private TrainJava() {}

  /** Takes the directory of the bootstrap's jars, which also gets the cache. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    JavaRuntime.in(directory, Path.of(System.getProperty("java.home")), directory).prepare();
  }
}
