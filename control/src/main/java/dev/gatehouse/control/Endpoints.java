package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Scope;

/** Says under which URL clients reach an API. */
@FunctionalInterface
public interface Endpoints {

  /** The {@code apiEndpoint} of an API, without a stage. */
  String of(Scope scope, Api api);
}
