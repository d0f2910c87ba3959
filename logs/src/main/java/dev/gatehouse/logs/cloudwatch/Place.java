package dev.gatehouse.logs.cloudwatch;

import java.util.Comparator;

/** Where an event stands among those of a group: by time, then by stream and number. */
record Place(long millis, String stream, long sequence) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::millis)
          .thenComparing(Place::stream)
          .thenComparingLong(Place::sequence);
  private static final Place FIRST = new Place(Long.MIN_VALUE, "", -1);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  String text() {
    return millis + ":" + sequence + ":" + stream;
  }

  /** A place from its text; before all others where it is empty. */
  static Place read(String text) {
    if (text.isEmpty()) {
      return FIRST;
    }
    String[] parts = text.split(":", 3);
    try {
      return new Place(Long.parseLong(parts[0]), parts[2], Long.parseLong(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException foreign) {
      throw LogsCall.invalid("The specified nextToken is invalid.");
    }
  }

  /** 56 digits, the same for the same event whenever it is read. */
  String eventId() {
    long mixed = 0;
    for (int i = 0; i < stream.length(); i++) {
      mixed = mixed * 31 + stream.charAt(i);
    }
    return "%020d%018d%018d"
        .formatted(Math.max(0, millis), Math.floorMod(mixed, 1_000_000_000_000_000_000L), sequence);
  }
}
