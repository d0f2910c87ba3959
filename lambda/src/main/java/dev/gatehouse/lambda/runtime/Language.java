package dev.gatehouse.lambda.runtime;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of runtimes that can be started here, by the names that AWS gives them. */
public enum Language {
  JAVA("java(8|11|17|21|25)(?:\\.al2)?", "a JDK %s, for instance Eclipse Temurin,"),
  NODE("nodejs(18|20|22|24)\\.x", "Node.js %s, from Debian or from nodejs.org,"),
  PYTHON("python(3\\.(?:8|9|10|11|12|13|14))", "Python %s, from Debian or built with pyenv,"),
  PROVIDED("provided\\.(al2|al2023)", "");

  /** Our bootstrap for Java runs from here on. */
  public static final int OLDEST_JAVA = 17;

  private final Pattern names;
  private final String advice;

  Language(String names, String advice) {
    this.names = Pattern.compile(names);
    this.advice = advice;
  }

  /** The language that a runtime's name stands for. */
  public static Optional<Language> of(String runtime) {
    return Arrays.stream(values()).filter(it -> it.version(runtime).isPresent()).findFirst();
  }

  /** The version in a runtime's name: {@code 25}, {@code 20}, {@code 3.11}. */
  public Optional<String> version(String runtime) {
    Matcher name = names.matcher(runtime);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** What to do for a runtime that is not here. */
  String advice(String runtime) {
    String version = version(runtime).orElse("");
    boolean old = this == JAVA && Integer.parseInt(version) < OLDEST_JAVA;
    return (old
            ? "name a JDK from " + OLDEST_JAVA + " on under runtimes."
            : "install " + String.format(advice, version) + " or name it under runtimes.")
        + runtime
        + " in the configuration of Gatehouse.";
  }
}
