/**
 * The Lambda functions of a chat in a browser: one for each thing that happens to a connection, and
 * one for the page. They are written as for AWS, where they run as they are.
 *
 * <p>Start reading at {@link dev.gatehouse.example.chat.MessageHandler}.
 */
@NullMarked
package dev.gatehouse.example.chat;

import org.jspecify.annotations.NullMarked;
