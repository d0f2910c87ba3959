package dev.gatehouse.gateway.net;

import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** What belongs to one event loop, so that nothing on it needs a lock. */
public final class Worker {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final char[] ID_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
  private static final int ID_CHARACTERS = 15;
  private static final int CONNECTION_ID_BYTES = 11;
  private static final long REQUEST_TICK_MILLIS = 10;
  private static final long CONNECTION_TICK_MILLIS = 1_000;
  private static final int USUAL_LINE = 1_024;
  private static final int LONGEST_KEPT_LINE = 16 * 1_024;

  private final EventLoop loop;
  private final int index;
  private final LoopTime millis;
  private final LoopTime nanos;
  private final LoopTime systemNanos = new LoopTime(System::nanoTime);
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private final Deadlines requestDeadlines;
  private final Deadlines connectionDeadlines;
  private final HeadBytes headBytes = new HeadBytes();
  private final HeaderNames headerNames = new HeaderNames();
  private long dateSecond = Long.MIN_VALUE;
  private AsciiString date = AsciiString.EMPTY_STRING;
  private long timeSecond = Long.MIN_VALUE;
  private String time = "";
  private StringBuilder line = new StringBuilder(USUAL_LINE);

  /**
   * @param index the loop's number, from 0
   * @param nanos nanoseconds of any origin, never going back
   */
  public Worker(EventLoop loop, int index, InstantSource clock, LongSupplier nanos) {
    this.loop = loop;
    this.index = index;
    this.millis = new LoopTime(clock::millis);
    this.nanos = new LoopTime(nanos);
    this.requestDeadlines = new Deadlines(loop, systemNanos, REQUEST_TICK_MILLIS);
    this.connectionDeadlines = new Deadlines(loop, systemNanos, CONNECTION_TICK_MILLIS);
  }

  /** The event loop that all of this belongs to. */
  public EventLoop loop() {
    return loop;
  }

  /** The number of the event loop, from 0. */
  public int index() {
    return index;
  }

  /** Milliseconds since the epoch. */
  public long millis() {
    return millis.now();
  }

  /** Nanoseconds of any origin, never going back. */
  public long nanos() {
    return nanos.now();
  }

  /** A socket is read; until {@link #paused} it is one and the same time. */
  public void reads() {
    millis.stop();
    nanos.stop();
    systemNanos.stop();
  }

  /** Nothing more is read for now. */
  public void paused() {
    millis.goOn();
    nanos.goOn();
    systemNanos.goOn();
  }

  /** Where heads of messages are put together. */
  public HeadBytes headBytes() {
    return headBytes;
  }

  /** Names of headers that were read lately. */
  public HeaderNames headerNames() {
    return headerNames;
  }

  /** Deadlines of requests, kept within 10 ms. */
  public Deadlines requestDeadlines() {
    return requestDeadlines;
  }

  /** Deadlines of connections, kept within a second. */
  public Deadlines connectionDeadlines() {
    return connectionDeadlines;
  }

  /** The {@code date} header for a response sent now. */
  public AsciiString date() {
    long second = Math.floorDiv(millis.now(), 1_000L);
    if (second != dateSecond) {
      dateSecond = second;
      date = AsciiString.cached(HTTP_DATE.format(Instant.ofEpochSecond(second)));
    }
    return date;
  }

  /** The text of a request's time, which most requests share with the one before. */
  public String requestTime(long millis) {
    long second = Math.floorDiv(millis, 1_000L);
    if (second != timeSecond) {
      timeSecond = second;
      time = RequestTime.text(millis);
    }
    return time;
  }

  /** Where a line of a log is put together: empty, and only until the next is. */
  public StringBuilder line() {
    if (line.capacity() > LONGEST_KEPT_LINE) {
      line = new StringBuilder(USUAL_LINE);
    }
    line.setLength(0);
    return line;
  }

  /** A request id: 15 characters of the base64url alphabet and {@code =} (http-api.md 12 [C]). */
  public String requestId() {
    char[] id = new char[ID_CHARACTERS + 1];
    long bits = 0;
    for (int i = 0; i < ID_CHARACTERS; i++) {
      if (i % 10 == 0) {
        bits = random.nextLong();
      }
      id[i] = ID_ALPHABET[(int) (bits & 63)];
      bits >>>= 6;
    }
    id[ID_CHARACTERS] = '=';
    return new String(id);
  }

  /**
   * A connection id: 11 bytes as base64url, as {@code =} tells (websocket-api.md 3.2 [C]), so that
   * the last letter has only 16 values.
   */
  public String connectionId() {
    byte[] id = new byte[CONNECTION_ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().encodeToString(id);
  }

  /** A message id: ends as the id of its connection does (websocket-api.md 3.2 [L]). */
  public String messageId(String connectionId) {
    return requestId().substring(0, ID_CHARACTERS / 2 + 1)
        + connectionId.substring(ID_CHARACTERS / 2 + 1);
  }

  /** Random bits for ids that need not be secret. */
  public long randomBits() {
    return random.nextLong();
  }
}
