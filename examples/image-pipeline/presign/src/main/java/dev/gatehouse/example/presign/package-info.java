/**
 * A Lambda function that answers presigned URLs, so that a client can send an object to a bucket or
 * fetch one without credentials of its own.
 *
 * <p>Start reading at {@link dev.gatehouse.example.presign.PresignHandler}.
 */
@NullMarked
package dev.gatehouse.example.presign;

import org.jspecify.annotations.NullMarked;
