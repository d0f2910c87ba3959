/**
 * AWS's Query protocol, which IAM and STS speak: a call is a form, an answer is XML.
 *
 * <p>Start reading at {@link dev.gatehouse.wire.query.QueryInput}, then {@link
 * dev.gatehouse.wire.query.QueryReply}.
 */
@NullMarked
package dev.gatehouse.wire.query;

import org.jspecify.annotations.NullMarked;
