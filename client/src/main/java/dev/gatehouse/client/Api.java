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

  /** AWS's id of it. */
  public String id() {
    return id;
  }

  /** Its name, which others may have as well. */
  public String name() {
    return name;
  }

  /** Whether clients speak WebSocket to it, rather than plain HTTP. */
  public boolean isWebSocket() {
    return webSocket;
  }

  /** Where it is reached, without a stage. */
  public URI endpoint() {
    return endpoint;
  }

  /** Creates a backend. */
  public Integration create(IntegrationSpec spec) {
    return new Integrations(session, this).create(spec);
  }

  /** The backend of that kind and address, made where it is missing, updated where it differs. */
  public Ensured<Integration> ensure(IntegrationSpec spec) {
    return new Integrations(session, this).ensure(spec);
  }

  /**
   * Creates a route. Where it leads to a function, the API gets leave to invoke it for this route
   * and no other; a function named through a stage variable is left to the caller.
   */
  public Route create(RouteSpec spec) {
    return new Routes(session, this).create(spec);
  }

  /** The route with that key, made where it is missing, updated where it differs. */
  public Ensured<Route> ensure(RouteSpec spec) {
    return new Routes(session, this).ensure(spec);
  }

  /** Every route. */
  public List<Route> routes() {
    return new Routes(session, this).list();
  }

  /** Deletes a route, and its leave to invoke a function. */
  public void delete(Route route) {
    new Routes(session, this).delete(route);
  }

  /** Deletes a backend that no route leads to any more. */
  public void delete(Integration integration) {
    new Integrations(session, this).delete(integration);
  }

  /** Creates an authorizer; a function gets leave to be invoked. */
  public Authorizer create(AuthorizerSpec spec) {
    return new Authorizers(session, this).create(spec);
  }

  /** The authorizer of that name, made where it is missing, updated where it differs. */
  public Ensured<Authorizer> ensure(AuthorizerSpec spec) {
    return new Authorizers(session, this).ensure(spec);
  }

  /** Deletes an authorizer that no route asks any more, and its leave to invoke a function. */
  public void delete(Authorizer authorizer) {
    new Authorizers(session, this).delete(authorizer);
  }

  /** Creates a stage. */
  public Stage create(StageSpec spec) {
    return new Stages(session, this).create(spec);
  }

  /** The stage of that name, made where it is missing, updated where it differs. */
  public Ensured<Stage> ensure(StageSpec spec) {
    return new Stages(session, this).ensure(spec);
  }

  /** Every stage. */
  public List<Stage> stages() {
    return new Stages(session, this).list();
  }

  /** Deletes a stage. */
  public void delete(Stage stage) {
    new Stages(session, this).delete(stage);
  }

  /** Keeps the API as it is now, to be served by stages. */
  public Deployment deploy(String description) {
    return new Stages(session, this).deploy(description);
  }

  /** Every deployment, the newest first. */
  public List<Deployment> deployments() {
    return new Stages(session, this).deployments();
  }

  /**
   * Has a stage serve that deployment, and no longer deploy by itself: back to an older one, or on
   * to a newer one.
   */
  public Stage serve(Stage stage, Deployment deployment) {
    return new Stages(session, this).serve(stage, deployment.id());
  }

  /**
   * Has a stage serve the deployment before the one that it serves.
   *
   * @throws StepFailed where there is none
   */
  public Deployment rollBack(Stage stage) {
    return new Stages(session, this).rollBack(stage);
  }

  /** Has a stage serve what another one serves. */
  public Stage promote(Stage from, Stage to) {
    return new Stages(session, this).promote(from, to);
  }

  /**
   * The clients that are connected to a stage of a WebSocket API.
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

  /** The clients that are connected to that stage. */
  public Connections connections(Stage stage) {
    return Connections.of(session, this, stage);
  }

  /** Deletes the API with all it is made of, its leaves to invoke functions, and waits. */
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

  /** Where an invocation of that function from this API comes from (http-api.md 4.2 [C]). */
  String sourceArn(FunctionArn function, String rest) {
    return "arn:"
        + function.partition()
        + ":execute-api:"
        + function.region()
        + ":"
        + function.account()
        + ":"
        + id
        + "/"
        + rest;
  }

  @Override
  public String toString() {
    return "Api[" + id + ", " + name + "]";
  }
}
