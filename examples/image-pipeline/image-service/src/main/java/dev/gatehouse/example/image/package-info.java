/**
 * The image service: an HTTP process of its own behind the gateway, which reads an image from a
 * bucket, makes it grey and half as large, and stores the result.
 *
 * <p>Start reading at {@link dev.gatehouse.example.image.ImageService}.
 */
@NullMarked
package dev.gatehouse.example.image;

import org.jspecify.annotations.NullMarked;
