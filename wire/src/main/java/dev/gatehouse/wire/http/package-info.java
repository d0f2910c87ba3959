/**
 * An HTTP call and its reply as values, for services that run as blocking code on virtual threads.
 */
@NullMarked
package dev.gatehouse.wire.http;

import org.jspecify.annotations.NullMarked;
