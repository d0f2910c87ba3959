/**
 * {@code gatehouse keys}: access keys of users, made by the calls of IAM that any client can make.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.keys.KeysCommand}.
 */
@NullMarked
package dev.gatehouse.cli.keys;

import org.jspecify.annotations.NullMarked;
