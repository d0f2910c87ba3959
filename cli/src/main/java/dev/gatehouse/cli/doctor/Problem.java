package dev.gatehouse.cli.doctor;

/**
 * Something that makes an API fail.
 *
 * @param api its id
 * @param about what of the API it is about, such as {@code route GET /items}
 * @param problem what is wrong
 * @param fix what to do about it
 */
record Problem(String api, String about, String problem, String fix) {}
