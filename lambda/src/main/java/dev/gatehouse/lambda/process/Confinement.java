package dev.gatehouse.lambda.process;

import java.util.OptionalInt;

/**
 * What one process is held in.
 *
 * @param joining a command that takes it into its share of the CPU; empty where it has all
 * @param view what it sees of the file system
 * @param user whom it runs as; empty where it stays who we are
 */
record Confinement(String joining, FileView view, OptionalInt user) {}
