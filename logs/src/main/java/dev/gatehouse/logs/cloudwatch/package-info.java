/**
 * The calls of Amazon CloudWatch Logs that tools read logs with ({@code aws logs tail}), in the
 * JSON 1.1 protocol: {@code X-Amz-Target: Logs_20140328.FilterLogEvents}. Start reading at {@link
 * dev.gatehouse.logs.cloudwatch.LogsApi}.
 */
@NullMarked
package dev.gatehouse.logs.cloudwatch;

import org.jspecify.annotations.NullMarked;
