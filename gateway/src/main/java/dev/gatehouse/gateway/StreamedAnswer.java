package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.FunctionAnswer;
import dev.gatehouse.gateway.function.Prelude;
import dev.gatehouse.gateway.spi.AnswerStream;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function's answer while the function goes on writing it. Beyond AWS for HTTP APIs; the form is
 * that of function URLs: with a prelude that says status and headers, or without one, which is 200
 * with the type that the runtime names [C].
 *
 * <p>Written on threads that may wait; what is to be sent goes to {@link StreamedBody} on the event
 * loop.
 */
final class StreamedAnswer implements AnswerStream {
  private static final String USUAL_TYPE = "application/octet-stream";

  private final ResponseMapping mapping;
  private final StreamedBody body;
  private final Consumer<String> malformed;
  private @Nullable Prelude prelude;
  private FunctionAnswer.@Nullable Structured head;
  private @Nullable ByteArrayOutputStream start;
  private boolean refused;
  private volatile boolean begun;

  /**
   * @param malformed called once where the answer is none
   */
  StreamedAnswer(ResponseMapping mapping, StreamedBody body, Consumer<String> malformed) {
    this.mapping = mapping;
    this.body = body;
    this.malformed = malformed;
  }

  /** Whether the function streams; one that does not answers as a whole. */
  boolean begun() {
    return begun;
  }

  @Override
  public void begin(String contentType) {
    begun = true;
    if (Prelude.announcedBy(contentType)) {
      prelude = new Prelude();
    } else {
      String type = contentType.isEmpty() ? USUAL_TYPE : contentType;
      answer(200, List.of(new FunctionAnswer.Line("Content-Type", type)));
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    int taken = 0;
    Prelude open = prelude;
    if (open != null && !refused) {
      taken = open.take(bytes, offset, length);
      if (open.tooLong()) {
        refuse("streamed no eight zero bytes after status and headers");
      } else if (open.complete()) {
        prelude = null;
        read(open);
      }
    }
    if (taken < length && !refused) {
      pass(bytes, offset + taken, length - taken);
    }
  }

  private void read(Prelude complete) {
    switch (complete.read()) {
      case FunctionAnswer.Malformed(String reason) -> refuse(reason);
      case FunctionAnswer.Structured(int status, List<FunctionAnswer.Line> lines, byte[] none) -> {
        boolean typed = lines.stream().anyMatch(line -> line.name().equals("Content-Type"));
        List<FunctionAnswer.Line> all = new ArrayList<>(lines);
        if (!typed && !StreamedBody.forbidden(status)) {
          all.add(new FunctionAnswer.Line("Content-Type", USUAL_TYPE));
        }
        answer(status, all);
      }
    }
  }

  /** The head goes on at once, or only when as much of the body is there as its mappings read. */
  private void answer(int status, List<FunctionAnswer.Line> lines) {
    FunctionAnswer.Structured complete =
        new FunctionAnswer.Structured(status, List.copyOf(lines), new byte[0]);
    if (mapping.readsBody(status)) {
      head = complete;
      start = new ByteArrayOutputStream();
    } else {
      body.head(complete, null);
    }
  }

  private void pass(byte[] bytes, int offset, int length) throws InterruptedException {
    ByteArrayOutputStream held = start;
    if (held == null) {
      body.part(Unpooled.copiedBuffer(bytes, offset, length));
      return;
    }
    held.write(bytes, offset, length);
    if (held.size() >= BodyStart.LIMIT) {
      sendStart(held, true);
    }
  }

  private void sendStart(ByteArrayOutputStream held, boolean more) throws InterruptedException {
    FunctionAnswer.Structured complete = head;
    start = null;
    head = null;
    if (complete != null) {
      byte[] bytes = held.toByteArray();
      BodyStart read = BodyStart.of(bytes);
      body.head(complete, new BodyStart(read.bytes(), more || read.cut()));
      body.part(Unpooled.wrappedBuffer(bytes));
    }
  }

  private void refuse(String reason) {
    refused = true;
    malformed.accept(reason);
  }

  /** The function has written all of it. */
  void end() throws InterruptedException {
    if (refused) {
      return;
    }
    if (prelude != null) {
      refuse("ended before eight zero bytes after status and headers");
      return;
    }
    ByteArrayOutputStream held = start;
    if (held != null) {
      sendStart(held, false);
    }
    body.end();
  }
}
