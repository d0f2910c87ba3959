package dev.gatehouse.control;

import dev.gatehouse.model.Deployment;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases rows that no deployment and no head can see: what was changed or deleted, unless a
 * deployment of its API still shows it. Goes only as far as the store was at the run before, so
 * that whoever follows the changes has long read them.
 */
public final class Vacuum {
  private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);

  /** Stages and deployments are only ever looked at as they are now. */
  private static final Set<String> NEVER_OF_A_DEPLOYMENT =
      Set.of(Kind.STAGE.word(), Kind.DEPLOYMENT.word());

  private final Store store;
  private long reached;

  /** A vacuum of a store. */
  public Vacuum(Store store) {
    this.store = store;
    this.reached = store.revision();
  }

  /** Erases what was past at the last run; the number of rows. For one thread at a time. */
  public long run() {
    long upTo = reached;
    View head = store.head();
    reached = head.revision();
    if (upTo == 0) {
      return 0;
    }
    Map<Owner, NavigableSet<Long>> deployed = deployed(head);
    long erased = store.vacuum(upTo, row -> isShown(row, deployed));
    LOG.debug("{} rows of the past were erased", erased);
    return erased;
  }

  /** An API of somebody. */
  private record Owner(Scope scope, String apiId) {}

  /** The revisions that deployments show, by API. */
  private static Map<Owner, NavigableSet<Long>> deployed(View head) {
    Map<Owner, NavigableSet<Long>> revisions = new HashMap<>();
    for (Row row : head.listAnywhere(Kind.DEPLOYMENT.word())) {
      Owner owner = new Owner(row.shelf().scope(), row.shelf().parent());
      revisions
          .computeIfAbsent(owner, api -> new TreeSet<>())
          .add(Desk.bind(Drawer.body(row), Deployment.class).revision());
    }
    return revisions;
  }

  private static boolean isShown(Row row, Map<Owner, NavigableSet<Long>> deployed) {
    Shelf shelf = row.shelf();
    if (NEVER_OF_A_DEPLOYMENT.contains(shelf.kind())) {
      return false;
    }
    NavigableSet<Long> revisions = deployed.get(new Owner(shelf.scope(), apiOf(row)));
    Long next = revisions == null ? null : revisions.ceiling(row.fromRevision());
    Long end = row.toRevision();
    return next != null && (end == null || next < end);
  }

  /** Itself, or the API that it stands below, directly or through a route or an integration. */
  private static String apiOf(Row row) {
    if (row.shelf().kind().equals(Kind.API.word())) {
      return row.id();
    }
    String parent = row.shelf().parent();
    int slash = parent.indexOf('/');
    return slash < 0 ? parent : parent.substring(0, slash);
  }
}
