/**
 * Holds requests against API keys and usage plans. Start reading at {@link
 * dev.gatehouse.server.keys.KeyRing}.
 */
@NullMarked
package dev.gatehouse.server.keys;

import org.jspecify.annotations.NullMarked;
