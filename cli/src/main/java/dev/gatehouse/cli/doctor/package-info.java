/**
 * {@code gatehouse doctor}: what makes an API fail, found before its users find it. Start reading
 * at {@link dev.gatehouse.cli.doctor.DoctorCommand}; each {@link dev.gatehouse.cli.doctor.Check}
 * looks for one kind of cause.
 */
@NullMarked
package dev.gatehouse.cli.doctor;

import org.jspecify.annotations.NullMarked;
