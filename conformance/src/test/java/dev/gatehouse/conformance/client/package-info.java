/** The Java client against a running Gatehouse; its documentation's examples are here. */
@NullMarked
package dev.gatehouse.conformance.client;

import org.jspecify.annotations.NullMarked;
