package dev.gatehouse.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One API: what it is made of is created, ensured, listed and deleted here. */
public final class Api {
  private final Session session;
  private final String id;
  private final String name;
  private final boolean webSocket;
  private final URI endpoint;

  Api(Session session, String id, String name, boolean webSocket, URI endpoint) {
    this.session = session;
    this.id = id;
    this.name = name;
    this.webSocket = webSocket;
    this.endpoint = endpoint;
  }

  /**
   * AWS's id of it.
   *
   * {@snippet class="ApiExamples" region="about"}
   */
  public String id() {
    return id;
  }

  /**
   * Its name, which others may have as well.
   *
   * {@snippet class="ApiExamples" region="about"}
   */
  public String name() {
    return name;
  }

  /**
   * Whether clients speak WebSocket to it, rather than plain HTTP.
   *
   * {@snippet class="ApiExamples" region="about"}
   */
  public boolean isWebSocket() {
    return webSocket;
  }

  /**
   * Where it is reached, without a stage.
   *
   * {@snippet class="ApiExamples" region="about"}
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Creates a backend.
   *
   * {@snippet class="ApiExamples" region="integrations"}
   */
  public Integration create(IntegrationSpec spec) {
    return new Integrations(session, this).create(spec);
  }

  /**
   * The backend of that kind and address, made where it is missing, updated where it differs.
   *
   * {@snippet class="ApiExamples" region="integrations"}
   */
  public Ensured<Integration> ensure(IntegrationSpec spec) {
    return new Integrations(session, this).ensure(spec);
  }

  /**
   * Creates a route. Where it leads to a function, the API gets leave to invoke it for this route
   * and no other; a function named through a stage variable is left to the caller.
   *
   * {@snippet class="ApiExamples" region="routes"}
   */
  public Route create(RouteSpec spec) {
    return new Routes(session, this).create(spec);
  }

  /**
   * The route with that key, made where it is missing, updated where it differs.
   *
   * {@snippet class="ApiExamples" region="routes"}
   */
  public Ensured<Route> ensure(RouteSpec spec) {
    return new Routes(session, this).ensure(spec);
  }

  /**
   * Every route.
   *
   * {@snippet class="ApiExamples" region="routes"}
   */
  public List<Route> routes() {
    return new Routes(session, this).list();
  }

  /**
   * Deletes a route, and its leave to invoke a function.
   *
   * {@snippet class="ApiExamples" region="routes"}
   */
  public void delete(Route route) {
    new Routes(session, this).delete(route);
  }

  /**
   * Deletes a backend that no route leads to any more.
   *
   * {@snippet class="ApiExamples" region="integrations"}
   */
  public void delete(Integration integration) {
    new Integrations(session, this).delete(integration);
  }

  /**
   * Creates an authorizer; a function gets leave to be invoked.
   *
   * {@snippet class="ApiExamples" region="authorizers"}
   */
  public Authorizer create(AuthorizerSpec spec) {
    return new Authorizers(session, this).create(spec);
  }

  /**
   * The authorizer of that name, made where it is missing, updated where it differs.
   *
   * {@snippet class="ApiExamples" region="authorizers"}
   */
  public Ensured<Authorizer> ensure(AuthorizerSpec spec) {
    return new Authorizers(session, this).ensure(spec);
  }

  /**
   * Deletes an authorizer that no route asks any more, and its leave to invoke a function.
   *
   * {@snippet class="ApiExamples" region="authorizers"}
   */
  public void delete(Authorizer authorizer) {
    new Authorizers(session, this).delete(authorizer);
  }

  /**
   * Creates a stage.
   *
   * {@snippet class="ApiExamples" region="stages"}
   */
  public Stage create(StageSpec spec) {
    return new Stages(session, this).create(spec);
  }

  /**
   * The stage of that name, made where it is missing, updated where it differs.
   *
   * {@snippet class="ApiExamples" region="stages"}
   */
  public Ensured<Stage> ensure(StageSpec spec) {
    return new Stages(session, this).ensure(spec);
  }

  /**
   * Every stage.
   *
   * {@snippet class="ApiExamples" region="stages"}
   */
  public List<Stage> stages() {
    return new Stages(session, this).list();
  }

  /**
   * Deletes a stage.
   *
   * {@snippet class="ApiExamples" region="stages"}
   */
  public void delete(Stage stage) {
    new Stages(session, this).delete(stage);
  }

  /**
   * Keeps the API as it is now, to be served by stages.
   *
   * {@snippet class="ApiExamples" region="deployments"}
   */
  public Deployment deploy(String description) {
    return new Stages(session, this).deploy(description);
  }

  /**
   * Every deployment, the newest first.
   *
   * {@snippet class="ApiExamples" region="deployments"}
   */
  public List<Deployment> deployments() {
    return new Stages(session, this).deployments();
  }

  /**
   * Has a stage serve that deployment, and no longer deploy by itself: back to an older one, or on
   * to a newer one.
   *
   * {@snippet class="ApiExamples" region="deployments"}
   */
  public Stage serve(Stage stage, Deployment deployment) {
    return new Stages(session, this).serve(stage, deployment.id());
  }

  /**
   * Has a stage serve the deployment before the one that it serves.
   *
   * {@snippet class="ApiExamples" region="deployments"}
   *
   * @throws StepFailed where there is none
   */
  public Deployment rollBack(Stage stage) {
    return new Stages(session, this).rollBack(stage);
  }

  /**
   * Has a stage serve what another one serves.
   *
   * {@snippet class="ApiExamples" region="deployments"}
   */
  public Stage promote(Stage from, Stage to) {
    return new Stages(session, this).promote(from, to);
  }

  /**
   * The clients that are connected to a stage of a WebSocket API.
   *
   * {@snippet class="ApiExamples" region="connections"}
   *
   * @throws StepFailed where the API has no stage, or more than one
   */
  public Connections connections() {
    List<Stage> stages = stages();
    if (stages.size() != 1) {
      throw new StepFailed(
          "find the stage of the API " + id,
          "it has "
              + stages.size()
              + ", so say which: "
              + stages.stream().map(Stage::name).toList(),
          null,
          List.of());
    }
    return connections(stages.get(0));
  }

  /**
   * The clients that are connected to that stage.
   *
   * {@snippet class="ApiExamples" region="connections"}
   */
  public Connections connections(Stage stage) {
    return Connections.of(session, this, stage);
  }

  /**
   * Deletes the API with all it is made of, its leaves to invoke functions, and waits.
   *
   * {@snippet class="ApiExamples" region="delete"}
   */
  public void delete() {
    List<FunctionArn> functions = new Integrations(session, this).functions();
    functions.addAll(new Authorizers(session, this).functions());
    session.remove("delete the API " + id, () -> session.apis().deleteApi(r -> r.apiId(id)));
    Waiting.until("the API " + id + " to be gone", this::isGone);
    functions.stream()
        .distinct()
        .forEach(function -> new Permissions(session).revokeAll(function, id));
  }

  private boolean isGone() {
    Optional<?> found =
        session.find("read the API " + id, () -> session.apis().getApi(r -> r.apiId(id)));
    return found.isEmpty();
  }

  @Override
  public String toString() {
    return "Api[" + id + ", " + name + "]";
  }
}
