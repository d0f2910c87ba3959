/**
 * The code of functions on disk: archives checked, unpacked and kept.
 *
 * <p>Start reading at {@link dev.gatehouse.lambda.code.CodeStore}.
 */
@NullMarked
package dev.gatehouse.lambda.code;

import org.jspecify.annotations.NullMarked;
