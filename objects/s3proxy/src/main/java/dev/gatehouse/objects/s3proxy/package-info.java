/** S3Proxy over a folder, as a process that lives and dies with its parent. */
@NullMarked
package dev.gatehouse.objects.s3proxy;

import org.jspecify.annotations.NullMarked;
