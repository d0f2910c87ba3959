package dev.gatehouse.store;

import dev.gatehouse.model.Scope;

/**
 * The collection that a row belongs to.
 *
 * @param kind what the rows are: {@code api}, {@code route}, …
 * @param parent the id of the resource that owns them; empty where there is none
 */
public record Shelf(Scope scope, String kind, String parent) {}
