/**
 * {@code gatehouse ca}: the certificate that clients trust to speak TLS with a server under its
 * development CA.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.ca.CaCommand}.
 */
@NullMarked
package dev.gatehouse.cli.ca;

import org.jspecify.annotations.NullMarked;
