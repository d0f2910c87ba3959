package dev.gatehouse.control;

import dev.gatehouse.model.ApiKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.UsagePlan;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys and usage plans as rows tell of them, for those who hold requests against them. */
public final class KeyRows {
  private KeyRows() {}

  /** What became of a key, a plan or a key's place in a plan. */
  public sealed interface Change {}

  /**
   * A key is as it is told.
   *
   * @param key null where it is gone
   */
  public record KeyChanged(Scope scope, String keyId, @Nullable ApiKey key) implements Change {}

  /**
   * A plan is as it is told.
   *
   * @param plan null where it is gone
   */
  public record PlanChanged(String planId, @Nullable UsagePlan plan) implements Change {}

  /** A key is in a plan, or is no more. */
  public record MemberChanged(String planId, String keyId, boolean member) implements Change {}

  /** All there is, in an order in which it can be taken over. */
  public static List<Change> all(View view) {
    List<Change> changes = new ArrayList<>();
    for (Kind kind : List.of(Kind.API_KEY, Kind.USAGE_PLAN, Kind.USAGE_PLAN_KEY)) {
      view.listAnywhere(kind.word()).forEach(row -> read(row).ifPresent(changes::add));
    }
    return changes;
  }

  /** The change that a row is; empty for rows of other kinds. */
  public static Optional<Change> read(Row row) {
    String kind = row.shelf().kind();
    boolean gone = row.toRevision() != null;
    if (kind.equals(Kind.API_KEY.word())) {
      ApiKey key = gone ? null : Desk.bind(Drawer.body(row), ApiKey.class);
      return Optional.of(new KeyChanged(row.shelf().scope(), row.id(), key));
    }
    if (kind.equals(Kind.USAGE_PLAN.word())) {
      UsagePlan plan = gone ? null : Desk.bind(Drawer.body(row), UsagePlan.class);
      return Optional.of(new PlanChanged(row.id(), plan));
    }
    if (kind.equals(Kind.USAGE_PLAN_KEY.word())) {
      String plan = UsagePlanKeys.planId(row.shelf().parent());
      return Optional.of(new MemberChanged(plan, row.id(), !gone));
    }
    return Optional.empty();
  }
}
