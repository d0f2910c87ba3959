/** {@code gatehouse upload|download}: files through an API that hands out presigned URLs. */
@NullMarked
package dev.gatehouse.cli.transfer;

import org.jspecify.annotations.NullMarked;
