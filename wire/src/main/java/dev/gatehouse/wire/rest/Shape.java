package dev.gatehouse.wire.rest;

import java.util.List;
import java.util.SequencedMap;

/** What a member may hold. */
public sealed interface Shape {

  /** Text; the bounds count characters. */
  record Text(int shortest, int longest) implements Shape {}

  /** A whole number. */
  record Whole(int least, int most) implements Shape {}

  /** Any number. */
  record Decimal() implements Shape {}

  /** True or false. */
  record Flag() implements Shape {}

  /** A moment, ISO-8601. */
  record Time() implements Shape {}

  /** Bytes that are the whole body of the answer. */
  record Blob() implements Shape {}

  /** One of some texts. */
  record Choice(List<String> values) implements Shape {}

  /** A list. */
  record Items(Shape element) implements Shape {}

  /** A map whose keys are text. */
  record Entries(Shape value) implements Shape {}

  /** Named members. */
  record Structure(String name, SequencedMap<String, Member> members) implements Shape {}

  /** One member of a structure. */
  record Member(String name, Shape shape, boolean required) {}
}
