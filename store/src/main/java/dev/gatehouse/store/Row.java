package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * A resource as it was between two revisions.
 *
 * @param shelf where the row stands
 * @param id unique on its shelf
 * @param uniqueKey a second name that is unique among the living rows of the shelf, such as a route
 *     key; null where there is none
 * @param fromRevision the first revision that shows the row
 * @param toRevision the first revision that no longer shows it; null while it lives. A view always
 *     has null here, since what it shows was alive at its revision
 * @param schema the version of the body's form
 * @param body JSON text
 */
public record Row(
    Shelf shelf,
    String id,
    @Nullable String uniqueKey,
    long fromRevision,
    @Nullable Long toRevision,
    int schema,
    String body) {}
