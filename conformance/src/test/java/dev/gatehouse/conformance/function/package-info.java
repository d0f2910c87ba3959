/** Lambda handlers that the tests upload. They see nothing but the JDK and the Lambda interface. */
package dev.gatehouse.conformance.function;
