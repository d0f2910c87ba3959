/**
 * Log groups, their streams and the streams' events, in files. Whoever has something to log holds a
 * {@link dev.gatehouse.logs.LogSink} and calls one method, which returns at once from any thread,
 * event loops included:
 *
 * <pre>{@code
 * LogName name = new LogName(scope, "/aws/lambda/hello", "2026/11/22/[$LATEST]0123456789abcdef");
 * sink.write(name, clock.millis(), "START RequestId: …");
 * }</pre>
 *
 * <p>Groups and streams come into being with their first event. A message is one event however many
 * lines it has; its end needs no line break. One thread writes what has gathered; what a bounded
 * queue cannot hold, or a disk does not take, is dropped, counted and told in the server's log.
 *
 * <p>On disk: {@code groups/{account}/{region}/{group}/{stream}.log}, and {@code
 * access/{account}/{region}/{group}.log} for the stream {@link dev.gatehouse.logs.LogName#ACCESS}.
 * Each is plain text, an event after another; beside it {@code .idx} says where each ends and when
 * it happened, and {@code .log.1} is what was full before. Names are encoded, so that none is ever
 * a path.
 *
 * <p>Start reading at {@link dev.gatehouse.logs.LogStore}; what reads events is {@link
 * dev.gatehouse.logs.StreamEvents}. CloudWatch's calls are in {@code cloudwatch}.
 */
@NullMarked
package dev.gatehouse.logs;

import org.jspecify.annotations.NullMarked;
