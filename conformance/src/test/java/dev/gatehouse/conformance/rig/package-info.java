/**
 * What the black-box tests stand on: a server process, clients that see exact bytes, backends,
 * functions, and the tally of the specification's vectors. Start reading at {@link
 * dev.gatehouse.conformance.rig.SharedGatehouse}.
 */
package dev.gatehouse.conformance.rig;
