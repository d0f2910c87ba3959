/**
 * Black-box tests against a running server: what the specification says, seen by AWS's own clients
 * and on the wire. {@link dev.gatehouse.conformance.rig.Vector} ties a test to its vectors.
 */
package dev.gatehouse.conformance;
