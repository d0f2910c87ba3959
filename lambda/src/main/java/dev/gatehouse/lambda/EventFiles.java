package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Directories;
import dev.gatehouse.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Events that nobody waits for and that have not ended, each a file: a line of JSON that says for
 * whom, then the event itself. The name is the request id and how often it has failed. What is kept
 * outlasts the server, however that ends.
 */
final class EventFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);
  private static final String INCOMING = "incoming-";
  private static final long MOST_BYTES = 1L << 30;

  private final Path directory;
  private final AtomicLong bytes = new AtomicLong();

  EventFiles(Path directory) {
    this.directory = directory;
  }

  /** Keeps an event; returns once it is durable, false where no more fit. */
  boolean keep(LaterEvent event, byte[] payload) throws IOException {
    byte[] head =
        (Json.mapper()
                    .createObjectNode()
                    .put("function", event.name().arn())
                    .put("accepted", event.accepted().toEpochMilli())
                + "\n")
            .getBytes(StandardCharsets.UTF_8);
    int length = head.length + payload.length;
    if (bytes.addAndGet(length) > MOST_BYTES) {
      bytes.addAndGet(-length);
      return false;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(length);
    whole.writeBytes(head);
    whole.writeBytes(payload);
    try {
      Files.createDirectories(directory);
      Path incoming = directory.resolve(INCOMING + event.requestId());
      Files.write(incoming, whole.toByteArray());
      Directories.sync(incoming);
      Files.move(incoming, file(event), StandardCopyOption.ATOMIC_MOVE);
      Directories.sync(directory);
      return true;
    } catch (IOException e) {
      bytes.addAndGet(-length);
      throw e;
    }
  }

  private Path file(LaterEvent event) {
    return directory.resolve(event.requestId() + "." + event.failures());
  }

  /** All that earlier runs of the server left. */
  List<LaterEvent> all() throws IOException {
    List<LaterEvent> events = new ArrayList<>();
    for (Path file : Directories.list(directory)) {
      String name = String.valueOf(file.getFileName());
      Optional<LaterEvent> event = name.startsWith(INCOMING) ? Optional.empty() : read(file, name);
      if (event.isPresent()) {
        bytes.addAndGet(Files.size(file));
        events.add(event.get());
      } else {
        Files.delete(file); // it was never answered for, or is none of ours
      }
    }
    return events;
  }

  private static Optional<LaterEvent> read(Path file, String name) throws IOException {
    int dot = name.lastIndexOf('.');
    try {
      byte[] whole = Files.readAllBytes(file);
      JsonNode head = Json.mapper().readTree(Arrays.copyOf(whole, lineEnd(whole)));
      Instant accepted = Instant.ofEpochMilli(head.path("accepted").longValue());
      int failures = Integer.parseInt(name.substring(dot + 1));
      return FunctionName.ofArn(head.path("function").asString())
          .map(function -> new LaterEvent(function, name.substring(0, dot), accepted, failures));
    } catch (JacksonException | IndexOutOfBoundsException | NumberFormatException e) {
      LOG.warn("A waiting event that cannot be read is dropped: {}", file);
      return Optional.empty();
    }
  }

  /** The event itself; empty where it was dropped meanwhile. */
  Optional<byte[]> payload(LaterEvent event) throws IOException {
    try {
      byte[] whole = Files.readAllBytes(file(event));
      return Optional.of(Arrays.copyOfRange(whole, lineEnd(whole) + 1, whole.length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static int lineEnd(byte[] whole) {
    int end = 0;
    while (whole[end] != '\n') {
      end++;
    }
    return end;
  }

  /**
   * Remembers that it failed once more. A power failure may forget that: then it is tried again.
   */
  LaterEvent failed(LaterEvent event) throws IOException {
    LaterEvent next = event.failedOnceMore();
    Files.move(file(event), file(next), StandardCopyOption.ATOMIC_MOVE);
    return next;
  }

  /** It has ended. */
  void remove(LaterEvent event) {
    try {
      long size = Files.size(file(event));
      Files.delete(file(event));
      bytes.addAndGet(-size);
    } catch (NoSuchFileException e) {
      // It was dropped meanwhile.
    } catch (IOException e) {
      LOG.warn("An event that has ended is run again after the next start: {}", e.toString());
    }
  }

  /** It is not to be run any more, however often it has failed. */
  void drop(LaterEvent event) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, event.requestId() + ".*")) {
      for (Path file : files) {
        bytes.addAndGet(-Files.size(file));
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("An event for a deleted function stays: {}", e.toString());
    }
  }
}
