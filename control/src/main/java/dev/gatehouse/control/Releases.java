package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.Deployed;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Deployment;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane is to serve, read from the store. A deployment is a revision, so a release is
 * made of one scan for each kind of resource at each deployed revision.
 */
public final class Releases {
  private final Store store;

  /** Releases of a store. */
  public Releases(Store store) {
    this.store = store;
  }

  /** The ids of all APIs, of every account and region. */
  public List<String> apiIds() {
    return store.head().listAnywhere(Kind.API.word()).stream().map(Row::id).toList();
  }

  /** The API as its stages serve it now; empty where there is none of that id. */
  public Optional<ApiRelease> read(String apiId) {
    View head = store.head();
    return head.findAnywhere(Kind.API.word(), apiId).map(row -> release(head, row));
  }

  /**
   * The APIs whose release differs because of these rows. A route alone changes no release: stages
   * serve deployments, and a deployment reaches traffic through its stage's row.
   */
  public Set<String> changed(List<Row> rows) {
    Set<String> changed = new LinkedHashSet<>();
    for (Row row : rows) {
      if (row.shelf().kind().equals(Kind.API.word())) {
        changed.add(row.id());
      } else if (row.shelf().kind().equals(Kind.STAGE.word())) {
        changed.add(row.shelf().parent());
      }
    }
    return changed;
  }

  private ApiRelease release(View head, Row row) {
    Scope scope = row.shelf().scope();
    Api api = Desk.bind(Drawer.body(row), Api.class);
    Map<String, Deployed> deployed = new HashMap<>();
    List<StageRelease> stages = new ArrayList<>();
    for (Stage stage : Kind.STAGE.below(scope, api.apiId()).all(head, Stage.class)) {
      stages.add(new StageRelease(stage, deployed(head, scope, api, stage, deployed)));
    }
    return new ApiRelease(scope, api, List.copyOf(stages));
  }

  private @Nullable Deployed deployed(
      View head, Scope scope, Api api, Stage stage, Map<String, Deployed> known) {
    String id = stage.deploymentId();
    return id == null ? null : known.computeIfAbsent(id, each -> read(head, scope, api, each));
  }

  private Deployed read(View head, Scope scope, Api api, String deploymentId) {
    Deployment deployment =
        Kind.DEPLOYMENT.below(scope, api.apiId()).require(head, deploymentId, Deployment.class);
    View then = store.at(deployment.revision());
    return new Deployed(
        deploymentId,
        Desk.api(then, scope, api.apiId()),
        Kind.ROUTE.below(scope, api.apiId()).all(then, Route.class),
        Kind.INTEGRATION.below(scope, api.apiId()).all(then, Integration.class),
        Kind.AUTHORIZER.below(scope, api.apiId()).all(then, Authorizer.class));
  }
}
