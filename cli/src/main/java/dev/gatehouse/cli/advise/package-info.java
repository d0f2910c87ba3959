/**
 * {@code gatehouse advise}: which of AWS's two kinds of HTTP front an API needs, and what the
 * cheaper one saves. Start reading at {@link dev.gatehouse.cli.advise.AdviseCommand}.
 */
@NullMarked
package dev.gatehouse.cli.advise;

import org.jspecify.annotations.NullMarked;
