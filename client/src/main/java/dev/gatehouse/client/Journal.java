package dev.gatehouse.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was created, and how each of it is taken back, the last first. One thread's at a time. */
final class Journal {
  private final Deque<Entry> entries = new ArrayDeque<>();

  private record Entry(String what, Runnable undo) {}

  void created(String what, Runnable undo) {
    entries.push(new Entry(what, undo));
  }

  /** Takes back what it can; what could not be is returned. */
  List<String> undo() {
    List<String> left = new ArrayList<>();
    while (!entries.isEmpty()) {
      Entry entry = entries.pop();
      try {
        entry.undo().run();
      } catch (RuntimeException failed) {
        left.add(entry.what());
      }
    }
    return left;
  }

  /** What was created, in order. */
  List<String> contents() {
    List<String> all = new ArrayList<>();
    entries.descendingIterator().forEachRemaining(entry -> all.add(entry.what()));
    return all;
  }
}
