package dev.gatehouse.runtime.java;

import java.util.Map;

/** The variables that Lambda sets in a function's process. */
record Environment(Map<String, String> variables) {

  String required(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("The environment has no " + name);
    }
    return value;
  }

  String orEmpty(String name) {
    return variables.getOrDefault(name, "");
  }

  int memoryInMegabytes() {
    return Integer.parseInt(variables.getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"));
  }
}
