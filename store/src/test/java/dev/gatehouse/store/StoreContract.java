package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.model.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Store} must do. A store's own test extends it. */
public abstract class StoreContract {
  protected static final Scope SCOPE = new Scope("123456789012", "us-east-1");
  protected static final Shelf APIS = new Shelf(SCOPE, "api", "");
  protected static final Shelf ROUTES = new Shelf(SCOPE, "route", "a1");

  @TempDir protected Path directory;
  protected Store store;

  /** Opens the store kept in a directory; twice in a row it is the same store. */
  protected abstract Store open(Path directory);

  @BeforeEach
  void openStore() {
    store = open(directory.resolve("data"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anEmptyStoreIsAtRevisionZero() {
    assertThat(store.revision()).isZero();
    assertThat(store.head().listAnywhere("api")).isEmpty();
    assertThat(store.changesSince(0, 10)).isEmpty();
  }

  @Test
  void everyRevisionStaysAsItWas() {
    put(APIS, "a1", "one");
    put(APIS, "a1", "two");
    delete(APIS, "a1");
    put(APIS, "a1", "three");

    assertThat(store.revision()).isEqualTo(4);
    assertThat(bodyAt(0, "a1")).isEmpty();
    assertThat(bodyAt(1, "a1")).containsExactly("one");
    assertThat(bodyAt(2, "a1")).containsExactly("two");
    assertThat(bodyAt(3, "a1")).isEmpty();
    assertThat(bodyAt(4, "a1")).containsExactly("three");
  }

  @Test
  void aRowKeepsAllThatWasPut() {
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /pets/ü", 7, "{\"a\": \"\\u0000 '\"}"));

    assertThat(store.head().find(ROUTES, "r1"))
        .contains(new Row(ROUTES, "r1", "GET /pets/ü", 1, null, 7, "{\"a\": \"\\u0000 '\"}"));
  }

  @Test
  void whatAViewShowsNeverChanges() {
    put(APIS, "a1", "one");
    View before = store.head();
    Row row = before.find(APIS, "a1").orElseThrow();
    put(APIS, "a1", "two");

    assertThat(before.find(APIS, "a1")).contains(row);
    assertThat(before.revision()).isEqualTo(1);
    assertThat(store.head().find(APIS, "a1").orElseThrow().fromRevision()).isEqualTo(2);
  }

  @Test
  void aRevisionThatIsNotThereYetIsRefused() {
    assertThatThrownBy(() -> store.at(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.at(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shelvesAreApart() {
    Shelf elsewhere = new Shelf(new Scope("123456789012", "eu-west-1"), "route", "a1");
    Shelf otherParent = new Shelf(SCOPE, "route", "a2");
    Shelf otherAccount = new Shelf(new Scope("000000000000", "us-east-1"), "route", "a1");
    for (Shelf shelf : List.of(ROUTES, elsewhere, otherParent, otherAccount)) {
      store.write(tx -> putKeyed(tx, shelf, "r1", "GET /", 1, shelf.toString()));
    }

    assertThat(store.head().findUnique(otherParent, "GET /"))
        .get()
        .extracting(Row::body)
        .isEqualTo(otherParent.toString());
    assertThat(store.head().list(ROUTES, null, 10)).hasSize(1);
    assertThat(store.head().listAnywhere("route")).hasSize(4);
    assertThat(store.head().listAnywhere("api")).isEmpty();
  }

  @Test
  void anIdIsFoundWhateverItsOwner() {
    put(ROUTES, "r1", "{}");

    assertThat(store.head().findAnywhere("route", "r1"))
        .get()
        .extracting(Row::shelf)
        .isEqualTo(ROUTES);
    assertThat(store.head().findAnywhere("api", "r1")).isEmpty();
    delete(ROUTES, "r1");
    assertThat(store.head().findAnywhere("route", "r1")).isEmpty();
    assertThat(store.at(1).findAnywhere("route", "r1")).isPresent();
  }

  @Test
  void aNameIsFoundAtEveryRevisionItHad() {
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /", 1, "first"));
    delete(ROUTES, "r1");
    store.write(tx -> putKeyed(tx, ROUTES, "r2", "GET /", 1, "second"));
    put(ROUTES, "r1", "without a key");

    assertThat(store.at(1).findUnique(ROUTES, "GET /")).get().extracting(Row::id).isEqualTo("r1");
    assertThat(store.at(2).findUnique(ROUTES, "GET /")).isEmpty();
    assertThat(store.at(3).findUnique(ROUTES, "GET /")).get().extracting(Row::id).isEqualTo("r2");
    assertThat(store.at(2).find(ROUTES, "r1")).isEmpty();
    assertThat(store.at(3).find(ROUTES, "r1")).isEmpty();
    assertThat(store.head().find(ROUTES, "r1"))
        .get()
        .extracting(Row::body)
        .isEqualTo("without a key");
  }

  @Test
  void countsAreOfWhatIsShown() {
    put(ROUTES, "r1", "{}");
    put(ROUTES, "r1", "{ }");
    put(ROUTES, "r2", "{}");
    put(APIS, "a1", "{}");

    assertThat(store.at(2).count(ROUTES, 10)).isEqualTo(1);
    assertThat(store.head().count(ROUTES, 10)).isEqualTo(2);
    assertThat(store.head().count(ROUTES, 1)).isEqualTo(1);
    store.write(tx -> {
      tx.delete(ROUTES, "r1");
      assertThat(tx.count(ROUTES, 10)).isEqualTo(1);
      tx.put(ROUTES, "r3", null, 1, "{}");
      assertThat(tx.count(ROUTES, 10)).isEqualTo(2);
      return tx.revision();
    });
    assertThat(store.head().count(new Shelf(SCOPE, "route", "none"), 10)).isZero();
  }

  @Test
  void aTransactionSeesItsOwnChanges() {
    put(APIS, "a1", "one");
    store.write(tx -> {
      tx.put(APIS, "a1", null, 1, "two");
      tx.put(APIS, "a2", "name", 1, "new");
      assertThat(tx.find(APIS, "a1")).get().extracting(Row::body).isEqualTo("two");
      assertThat(tx.findUnique(APIS, "name")).isPresent();
      assertThat(tx.list(APIS, null, 10)).extracting(Row::id).containsExactly("a1", "a2");
      assertThat(tx.delete(APIS, "a1")).isTrue();
      assertThat(tx.find(APIS, "a1")).isEmpty();
      assertThat(tx.listAnywhere("api")).extracting(Row::id).containsExactly("a2");
      assertThat(store.head().list(APIS, null, 10)).extracting(Row::body).containsExactly("one");
      return tx.revision();
    });
    assertThat(store.head().list(APIS, null, 10)).extracting(Row::id).containsExactly("a2");
  }

  @Test
  void puttingTwiceInOneWriteLeavesOneRow() {
    store.write(tx -> {
      tx.put(APIS, "a1", "first", 1, "one");
      tx.put(APIS, "a1", "second", 1, "two");
      return null;
    });

    assertThat(store.changesSince(0, 1)).extracting(Row::body).containsExactly("two");
    assertThat(store.head().findUnique(APIS, "first")).isEmpty();
    assertThat(store.head().findUnique(APIS, "second")).isPresent();
  }

  @Test
  void whatComesAndGoesInOneWriteLeavesNothing() {
    put(APIS, "a1", "one");
    store.write(tx -> {
      tx.put(APIS, "a2", "name", 1, "short-lived");
      tx.put(ROUTES, "r1", null, 1, "short-lived");
      return tx.delete(APIS, "a2") && tx.deleteBelow(SCOPE, "a1") == 1;
    });

    assertThat(store.revision()).isEqualTo(1);
    assertThat(store.changesSince(1, 10)).isEmpty();
  }

  @Test
  void deletingAndPuttingInOneWriteIsAChange() {
    put(APIS, "a1", "one");
    store.write(tx -> {
      tx.delete(APIS, "a1");
      tx.put(APIS, "a1", null, 1, "two");
      return null;
    });

    assertThat(store.changesSince(1, 2)).extracting(Row::body).containsExactly("one", "two");
    assertThat(bodyAt(1, "a1")).containsExactly("one");
    assertThat(bodyAt(2, "a1")).containsExactly("two");
  }

  @Test
  void aWriteThatChangesNothingTakesNoRevision() {
    put(APIS, "a1", "one");
    store.write(tx -> tx.find(APIS, "a1"));
    store.write(tx -> tx.delete(APIS, "a9"));
    put(APIS, "a1", "one");

    assertThat(store.revision()).isEqualTo(1);
    put(APIS, "a1", "two");
    assertThat(store.revision()).isEqualTo(2);
  }

  @Test
  void aTakenUniqueKeyLeavesTheTransactionUsable() {
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /", 1, "one"));
    store.write(tx -> {
      assertThatThrownBy(() -> tx.put(ROUTES, "r2", "GET /", 1, "two"))
          .isInstanceOf(UniqueKeyTaken.class)
          .hasMessage("GET /");
      tx.put(ROUTES, "r2", "GET /other", 1, "two");
      assertThatThrownBy(() -> tx.put(ROUTES, "r2", "GET /", 1, "three"))
          .isInstanceOf(UniqueKeyTaken.class);
      return null;
    });

    assertThat(store.head().findUnique(ROUTES, "GET /")).get().extracting(Row::id).isEqualTo("r1");
    assertThat(store.head().find(ROUTES, "r2")).get().extracting(Row::body).isEqualTo("two");
  }

  @Test
  void deletionFreesTheUniqueKey() {
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /", 1, "one"));
    delete(ROUTES, "r1");
    store.write(tx -> putKeyed(tx, ROUTES, "r2", "GET /", 1, "two"));

    assertThat(store.head().findUnique(ROUTES, "GET /")).get().extracting(Row::id).isEqualTo("r2");
    assertThat(store.at(1).findUnique(ROUTES, "GET /")).get().extracting(Row::id).isEqualTo("r1");
    assertThat(store.at(2).findUnique(ROUTES, "GET /")).isEmpty();
  }

  @Test
  void aRowMayKeepOrChangeItsUniqueKey() {
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /", 1, "one"));
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "GET /", 1, "two"));
    store.write(tx -> putKeyed(tx, ROUTES, "r1", "PUT /", 1, "three"));
    store.write(tx -> putKeyed(tx, ROUTES, "r2", "GET /", 1, "four"));

    assertThat(store.at(2).findUnique(ROUTES, "GET /"))
        .get()
        .extracting(Row::body)
        .isEqualTo("two");
    assertThat(store.head().findUnique(ROUTES, "PUT /")).get().extracting(Row::id).isEqualTo("r1");
  }

  @Test
  void deletingBelowAParentTakesEveryKind() {
    Shelf stages = new Shelf(SCOPE, "stage", "a1");
    Shelf others = new Shelf(SCOPE, "stage", "a2");
    put(APIS, "a1", "api");
    put(ROUTES, "r1", "route");
    put(stages, "s1", "stage");
    put(others, "s1", "other");

    int closed = store.write(tx -> tx.deleteBelow(SCOPE, "a1"));
    assertThat(closed).isEqualTo(2);
    assertThat(store.head().find(APIS, "a1")).isPresent();
    assertThat(store.head().find(ROUTES, "r1")).isEmpty();
    assertThat(store.head().find(stages, "s1")).isEmpty();
    assertThat(store.head().find(others, "s1")).isPresent();
    assertThatThrownBy(() -> store.write(tx -> tx.deleteBelow(SCOPE, "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everythingOfEveryOwnerIsDeletedAtOnce() {
    Shelf elsewhere = new Shelf(new Scope("210987654321", "eu-west-1"), "function", "");
    put(APIS, "a1", "one");
    put(ROUTES, "r1", "one");
    put(elsewhere, "f1", "one");
    put(APIS, "a1", "two");
    long before = store.revision();

    int closed =
        store.write(tx -> {
          tx.put(APIS, "a2", null, 1, "new");
          return tx.deleteAll();
        });

    assertThat(closed).isEqualTo(4);
    assertThat(store.head().listAnywhere("api")).isEmpty();
    assertThat(store.head().listAnywhere("route")).isEmpty();
    assertThat(store.head().listAnywhere("function")).isEmpty();
    assertThat(store.at(before).find(elsewhere, "f1")).isPresent();
    assertThat(store.changesSince(before, store.revision()))
        .extracting(Row::id)
        .containsExactlyInAnyOrder("a1", "r1", "f1");
    assertThat(store.write(Transaction::deleteAll)).isZero();
    assertThat(store.revision()).isEqualTo(before + 1);
  }

  @Test
  void whatTheWorkThrowsUndoesAll() {
    put(APIS, "a1", "one");
    IllegalStateException failure = new IllegalStateException("stop");
    assertThatThrownBy(() ->
            store.write(tx -> {
              tx.put(APIS, "a2", null, 1, "new");
              tx.delete(APIS, "a1");
              throw failure;
            }))
        .isSameAs(failure);

    assertThat(store.revision()).isEqualTo(1);
    assertThat(store.head().list(APIS, null, 10)).extracting(Row::body).containsExactly("one");
    put(APIS, "a3", "next");
    assertThat(store.revision()).isEqualTo(2);
    assertThat(store.changesSince(1, 2)).extracting(Row::id).containsExactly("a3");
  }

  @Test
  void aWriteWithinAWriteIsRefused() {
    assertThatThrownBy(() -> store.write(tx -> store.write(inner -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("write within a write");
    put(APIS, "a1", "one");
    assertThat(store.revision()).isEqualTo(1);
  }

  @Test
  void aTransactionThatIsOverIsOfNoUse() {
    Transaction kept = store.write(tx -> tx);
    assertThatThrownBy(() -> kept.put(APIS, "a1", null, 1, "late"))
        .isInstanceOf(IllegalStateException.class);
    Transaction[] failed = new Transaction[1];
    assertThatThrownBy(() ->
        store.write(tx -> {
          failed[0] = tx;
          throw new IllegalStateException("stop");
        }));
    assertThatThrownBy(() -> failed[0].find(APIS, "a1")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void listenersHearEachRevisionInOrder() throws Exception {
    List<Long> heard = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    store.onCommit(heard::add);
    store.onCommit(revision -> {
      throw new IllegalStateException("a listener that fails");
    });
    store.onCommit(revision -> seen.add(store.revision()));
    inParallel(4, writer -> writeMany(writer, 20));

    assertThat(heard).isEqualTo(LongStream.rangeClosed(1, 80).boxed().toList());
    assertThat(seen).isEqualTo(heard);
  }

  @Test
  void aListenerMayReadButNotWrite() {
    List<String> bodies = new ArrayList<>();
    List<Throwable> refusals = new ArrayList<>();
    store.onCommit(revision -> {
      bodies.add(store.at(revision).find(APIS, "a1").orElseThrow().body());
      try {
        store.write(tx -> tx.delete(APIS, "a1"));
      } catch (IllegalStateException e) {
        refusals.add(e);
      }
    });
    put(APIS, "a1", "one");

    assertThat(bodies).containsExactly("one");
    assertThat(refusals).hasSize(1);
  }

  @Test
  void changesComeInTheOrderTheyWereMade() {
    put(APIS, "a1", "one");
    put(APIS, "a2", "two");
    put(APIS, "a1", "three");
    delete(APIS, "a2");

    assertThat(store.changesSince(2, 4))
        .extracting(Row::body, Row::toRevision)
        .containsExactly(row("one", 3L), row("three", null), row("two", 4L));
    assertThat(store.changesSince(0, 4))
        .extracting(Row::body, Row::toRevision)
        .containsExactly(row("one", 3L), row("three", null), row("two", 4L));
  }

  @Test
  void changesAreToldAsTheyWereAtTheLastRevisionAskedFor() {
    put(APIS, "a1", "one");
    put(APIS, "a1", "two");
    delete(APIS, "a1");

    assertThat(store.changesSince(0, 1))
        .extracting(Row::body, Row::toRevision)
        .containsExactly(row("one", null));
    assertThat(store.changesSince(1, 2))
        .extracting(Row::body, Row::toRevision)
        .containsExactly(row("one", 2L), row("two", null));
    assertThat(store.changesSince(3, 3)).isEmpty();
  }

  @Test
  void aFollowerOfChangesMissesNothing() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<String, String>> follower = threads.submit(() -> follow(done));
      inParallel(2, writer -> writeMany(writer, 150));
      done.set(true);
      Map<String, String> followed = follower.get();

      Map<String, String> expected = new TreeMap<>();
      store.head().listAnywhere("api").forEach(row -> expected.put(row.id(), row.body()));
      assertThat(followed).isEqualTo(expected);
    }
    assertThat(store.revision()).isEqualTo(300);
  }

  /** Keeps a copy up to date by changes alone, until the writers are done. */
  private Map<String, String> follow(AtomicBoolean done) {
    Map<String, String> copy = new TreeMap<>();
    long reached = 0;
    boolean last;
    do {
      last = done.get();
      long upTo = store.revision();
      for (Row row : store.changesSince(reached, upTo)) {
        if (row.toRevision() == null) {
          copy.put(row.id(), row.body());
        } else {
          assertThat(copy.remove(row.id(), row.body()) || row.fromRevision() > reached).isTrue();
        }
      }
      reached = upTo;
    } while (!last);
    return copy;
  }

  @Test
  void concurrentWritersLoseNoUpdate() throws Exception {
    put(APIS, "count", "0");
    inParallel(
        4,
        writer -> {
          for (int i = 0; i < 25; i++) {
            store.write(tx -> {
              int count = Integer.parseInt(tx.find(APIS, "count").orElseThrow().body());
              tx.put(APIS, "count", null, 1, Integer.toString(count + 1));
              return count;
            });
          }
          return null;
        });

    assertThat(bodyAt(store.revision(), "count")).containsExactly("100");
  }

  @Test
  void pagesOfOneViewAreStableWhileOthersWrite() throws Exception {
    store.write(tx -> {
      IntStream.range(0, 100).forEach(i -> tx.put(ROUTES, "r%03d".formatted(i), null, 1, "old"));
      return null;
    });
    View view = store.head();
    List<Row> found = new ArrayList<>();
    String after = null;
    while (true) {
      List<Row> page = view.list(ROUTES, after, 7);
      found.addAll(page);
      if (page.size() < 7) {
        break;
      }
      after = page.getLast().id();
      String id = after;
      store.write(tx -> tx.delete(ROUTES, id) && putKeyed(tx, ROUTES, id + "x", null, 1, "new"));
    }

    assertThat(found).hasSize(100).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    assertThat(found).extracting(Row::body).containsOnly("old");
    assertThatThrownBy(() -> view.list(ROUTES, null, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theVacuumErasesWhatIsPastAndNotNeeded() {
    put(APIS, "a1", "one");
    put(APIS, "a1", "two");
    put(APIS, "a2", "other");
    put(APIS, "a1", "three");
    delete(APIS, "a2");
    List<Long> heard = new ArrayList<>();
    store.onCommit(heard::add);

    assertThat(store.vacuum(4, row -> row.fromRevision() == 1)).isEqualTo(1);
    assertThat(bodyAt(1, "a1")).containsExactly("one");
    assertThat(bodyAt(2, "a1")).isEmpty();
    assertThat(bodyAt(4, "a1")).containsExactly("three");
    assertThat(store.at(4).list(APIS, null, 10)).extracting(Row::id).containsExactly("a1", "a2");
    assertThat(store.changesSince(4, 5)).extracting(Row::id).containsExactly("a2");

    assertThat(store.vacuum(5, row -> false)).isEqualTo(2);
    assertThat(store.vacuum(5, row -> false)).isZero();
    assertThat(store.head().list(APIS, null, 10)).extracting(Row::body).containsExactly("three");
    assertThat(store.revision()).isEqualTo(5);
    assertThat(heard).isEmpty();
    put(APIS, "a2", "again");
    assertThat(bodyAt(6, "a2")).containsExactly("again");
  }

  @Test
  void theVacuumTakesAnyNumberOfRowsThatOneRevisionClosed() throws Exception {
    store.write(tx -> {
      IntStream.range(0, 2_500).forEach(i -> tx.put(ROUTES, "r" + i, null, 1, "" + i % 2));
      return null;
    });
    store.write(Transaction::deleteAll);
    put(APIS, "a1", "stays");
    inParallel(
        2,
        number -> {
          if (number == 0) {
            assertThat(store.vacuum(2, row -> row.body().equals("1"))).isEqualTo(1_250);
          } else {
            writeMany(1, 50);
          }
          return null;
        });
    assertThat(store.at(1).list(ROUTES, null, 3_000)).hasSize(1_250);
    assertThat(store.vacuum(2, row -> false)).isEqualTo(1_250);
    assertThat(store.at(1).list(ROUTES, null, 3_000)).isEmpty();
  }

  @Test
  void everythingIsThereAfterReopening() {
    put(APIS, "a1", "one");
    put(APIS, "a1", "two");
    store.close();
    store = open(directory.resolve("data"));

    assertThat(store.revision()).isEqualTo(2);
    assertThat(bodyAt(1, "a1")).containsExactly("one");
    assertThat(bodyAt(2, "a1")).containsExactly("two");
    put(APIS, "a1", "three");
    assertThat(store.revision()).isEqualTo(3);
  }

  @Test
  void aClosedStoreSaysSo() {
    put(APIS, "a1", "one");
    View view = store.head();
    store.close();

    assertThatThrownBy(() -> view.find(APIS, "a1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> put(APIS, "a1", "two"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    store.close();
  }

  protected final void put(Shelf shelf, String id, String body) {
    store.write(tx -> putKeyed(tx, shelf, id, null, 1, body));
  }

  protected final void delete(Shelf shelf, String id) {
    store.write(tx -> tx.delete(shelf, id));
  }

  protected static boolean putKeyed(
      Transaction tx, Shelf shelf, String id, String uniqueKey, int schema, String body) {
    tx.put(shelf, id, uniqueKey, schema, body);
    return true;
  }

  private List<String> bodyAt(long revision, String id) {
    return store.at(revision).find(APIS, id).stream().map(Row::body).toList();
  }

  private Void writeMany(int writer, int writes) {
    for (int i = 0; i < writes; i++) {
      String id = "a" + i % 7;
      String body = writer + ":" + i;
      boolean mayDelete = i % 3 == 0;
      store.write(
          tx -> (mayDelete && tx.delete(APIS, id)) || putKeyed(tx, APIS, id, null, 1, body));
    }
    return null;
  }

  private static Tuple row(String body, Long to) {
    return tuple(body, to);
  }

  /** One of several threads that work at once. */
  protected interface Worker {
    Void work(int number) throws Exception;
  }

  protected static void inParallel(int threads, Worker worker)
      throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> tasks =
          IntStream.range(0, threads).<Callable<Void>>mapToObj(n -> () -> worker.work(n)).toList();
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    }
  }
}
