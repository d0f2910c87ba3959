/**
 * The configuration: a record per section, and the file that they are read from. Nothing outside
 * this module knows that there is a file.
 *
 * <p>Start reading at {@link dev.gatehouse.server.config.Settings}, then {@link
 * dev.gatehouse.server.config.SettingsReader}, where each key has its line.
 */
@NullMarked
package dev.gatehouse.server.config;

import org.jspecify.annotations.NullMarked;
