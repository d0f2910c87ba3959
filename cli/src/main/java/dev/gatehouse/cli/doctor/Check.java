package dev.gatehouse.cli.doctor;

import java.util.List;

/** Looks for one kind of cause. Changes nothing. */
@FunctionalInterface
interface Check {

  /** What is wrong with an API in this respect. */
  List<Problem> check(Patient api) throws InterruptedException;
}
