/**
 * What is pushed to an OTLP receiver, where one is configured: spans of requests, metrics, lines of
 * access logs. Start reading at {@link dev.gatehouse.server.otlp.Spans}, which are written as bytes
 * where requests end; the rest is made and all is sent by OpenTelemetry's SDK. A receiver that is
 * down costs what is sent to it, never a request.
 */
@NullMarked
package dev.gatehouse.server.otlp;

import org.jspecify.annotations.NullMarked;
