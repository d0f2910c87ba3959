package dev.gatehouse.gateway.spi;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs functions for the data plane. Must return at once: the work happens elsewhere. */
@FunctionalInterface
public interface FunctionInvoker {

  /** Invokes a function and waits for its answer (RequestResponse). */
  CompletionStage<Result> invoke(Invocation invocation);

  /**
   * One invocation.
   *
   * @param functionArn with its qualifier, where the integration's URI has one
   * @param sourceArn who invokes, for the function's resource policy
   * @param sourceAccount the account of the API
   * @param payload the event, JSON in UTF-8
   * @param rights in whose name the function is invoked
   * @param stream takes an answer that the function streams; null where answers are held. What was
   *     streamed comes back as nothing {@link Returned}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Invocation(
      String functionArn,
      String sourceArn,
      String sourceAccount,
      byte[] payload,
      Rights rights,
      @Nullable AnswerStream stream) {

    /** An invocation whose answer is held. */
    public Invocation(
        String functionArn, String sourceArn, String sourceAccount, byte[] payload, Rights rights) {
      this(functionArn, sourceArn, sourceAccount, payload, rights, null);
    }
  }

  /** What came of it. */
  sealed interface Result {

    /** The status that Lambda's Invoke answers with. */
    int status();

    /** What Lambda calls the invocation; null where there was none, or it has no name. */
    default @Nullable String requestId() {
      return null;
    }
  }

  /** The handler returned. */
  @SuppressWarnings("ArrayRecordComponent")
  record Returned(byte[] payload, @Nullable String requestId) implements Result {

    /** By an invocation without a name. */
    public Returned(byte[] payload) {
      this(payload, null);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** The handler threw, or its process died or timed out. */
  @SuppressWarnings("ArrayRecordComponent")
  record Failed(byte[] payload, @Nullable String requestId) implements Result {

    /** In an invocation without a name. */
    public Failed(byte[] payload) {
      this(payload, null);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** Neither the function's resource policy nor whoever it is invoked for allows it. */
  record Denied() implements Result {
    @Override
    public int status() {
      return 403;
    }
  }

  /** There is no such function or qualifier. */
  record Missing() implements Result {
    @Override
    public int status() {
      return 404;
    }
  }

  /** The function's concurrency is used up. */
  record Throttled() implements Result {
    @Override
    public int status() {
      return 429;
    }
  }

  /** The event is over the limit of a synchronous invocation. */
  record TooLarge() implements Result {
    @Override
    public int status() {
      return 413;
    }
  }
}
