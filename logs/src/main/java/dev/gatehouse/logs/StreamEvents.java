package dev.gatehouse.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The events of a stream as they were when this was opened. Numbered in the order they came. */
public final class StreamEvents implements Closeable {
  private final List<Segment> segments;

  private StreamEvents(List<Segment> segments) {
    this.segments = segments;
  }

  static StreamEvents open(Path file) throws IOException {
    List<Segment> segments = new ArrayList<>();
    Segment.open(LogFile.older(file)).ifPresent(segments::add);
    Segment.open(file).ifPresent(segments::add);
    if (segments.size() == 2 && segments.getFirst().end() != segments.getLast().first()) {
      segments.removeFirst().close(); // what came between was taken away
    }
    return new StreamEvents(List.copyOf(segments));
  }

  /** The number of the oldest event that is still there. */
  public long first() {
    return segments.isEmpty() ? 0 : segments.getFirst().first();
  }

  /** One more than the number of the newest event. */
  public long end() {
    return segments.isEmpty() ? 0 : segments.getLast().end();
  }

  /** The event of a number from {@link #first} up to, but not including, {@link #end}. */
  public LogEvent event(long sequence) {
    try {
      return segment(sequence).event(sequence);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What an event says. */
  public String message(LogEvent event) {
    try {
      return segment(event.sequence()).message(event.sequence());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Segment segment(long sequence) {
    Segment last = segments.getLast();
    return sequence >= last.first() ? last : segments.getFirst();
  }

  @Override
  public void close() {
    for (Segment segment : segments) {
      try {
        segment.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
