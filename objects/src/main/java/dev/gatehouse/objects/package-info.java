/**
 * S3, as presigned URLs, the AWS CLI and functions need it: signatures and names are checked here,
 * what is asked most is answered from files, and S3Proxy, in a process of its own, does the rest on
 * the same files. Plain blocking code on virtual threads.
 *
 * <p>Start reading at {@link dev.gatehouse.objects.ObjectStore}, then {@link
 * dev.gatehouse.objects.ObjectFiles}.
 */
@NullMarked
package dev.gatehouse.objects;

import org.jspecify.annotations.NullMarked;
