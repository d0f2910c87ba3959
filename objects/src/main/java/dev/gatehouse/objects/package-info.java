/**
 * The part of S3 that presigned URLs need: signatures and names are checked here, S3Proxy keeps the
 * bytes in a process of its own. Plain blocking code on virtual threads.
 *
 * <p>Start reading at {@link dev.gatehouse.objects.ObjectStore}.
 */
@NullMarked
package dev.gatehouse.objects;

import org.jspecify.annotations.NullMarked;
