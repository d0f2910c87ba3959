package dev.gatehouse.lambda.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a process's output, on a platform thread because reading a pipe holds its carrier. The
 * supervisor's own lines are taken out: the group's id, which comes first, and the marks that it
 * repeats.
 */
final class OutputPump implements Runnable {
  /** Starts a mark; a function that prints it only garbles its own log. */
  private static final byte MARK = 1;

  private static final int MAX_LINE = 256 * 1024;
  private static final int CHUNK = 64 * 1024; // what a pipe holds

  private final InputStream in;
  private final OutputStream toSupervisor;
  private final Output output;
  private final CompletableFuture<Long> group = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Map<String, CompletableFuture<Void>> marks = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  private OutputPump(Process process, Output output) {
    this.in = process.getInputStream();
    this.toSupervisor = process.getOutputStream();
    this.output = output;
  }

  static OutputPump start(Process process, Output output) {
    OutputPump pump = new OutputPump(process, output);
    Thread.ofPlatform().daemon().name("output-of-" + process.pid()).start(pump);
    return pump;
  }

  /** The process group's id; fails where the process ended before it had one. */
  CompletableFuture<Long> group() {
    return group;
  }

  /** Completes at the end of the output. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Completes when everything printed before this call has been written to the output. */
  CompletableFuture<Void> mark(String unique) {
    String text = (char) MARK + unique;
    CompletableFuture<Void> reached = new CompletableFuture<>();
    marks.put(text, reached);
    try {
      toSupervisor.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
      toSupervisor.flush();
    } catch (IOException e) {
      marks.remove(text);
      reached.complete(null); // the supervisor has ended: there is nothing to wait for
    }
    return reached;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        take(chunk, read);
        output.awaitRoom();
      }
    } catch (IOException e) {
      // The pipe was closed under us: the process has ended.
    } finally {
      flushLine();
      done.complete(null);
      group.completeExceptionally(new IOException("the process did not start"));
      marks.values().forEach(mark -> mark.complete(null));
    }
  }

  private void take(byte[] chunk, int length) {
    int carried = line.size();
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n' || carried + i + 1 - from >= MAX_LINE) {
        takeLine(chunk, from, i + 1);
        from = i + 1;
        carried = 0;
      }
    }
    line.write(chunk, from, length - from);
  }

  private void takeLine(byte[] chunk, int from, int to) {
    if (line.size() == 0 && group.isDone() && marks.isEmpty()) {
      output.write(chunk, from, to - from);
    } else {
      line.write(chunk, from, to - from);
      flushLine();
    }
  }

  private void flushLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (!group.isDone()) {
      readGroup(bytes);
      return;
    }
    int mark = marks.isEmpty() ? -1 : lastIndexOf(bytes, MARK);
    CompletableFuture<Void> reached =
        mark < 0 ? null : marks.remove(text(bytes, mark).stripTrailing());
    int length = reached == null ? bytes.length : mark;
    if (length > 0) {
      output.write(bytes, 0, length);
    }
    if (reached != null) {
      reached.complete(null);
    }
  }

  private void readGroup(byte[] bytes) {
    String digits = text(bytes, 0).strip();
    if (!digits.isEmpty() && digits.chars().allMatch(Character::isDigit)) {
      group.complete(Long.parseLong(digits));
    } else {
      output.write(bytes, 0, bytes.length); // the shell's complaint
    }
  }

  private static String text(byte[] bytes, int from) {
    return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.ISO_8859_1);
  }

  private static int lastIndexOf(byte[] bytes, byte wanted) {
    int i = bytes.length - 1;
    while (i >= 0 && bytes[i] != wanted) {
      i--;
    }
    return i;
  }
}
