package dev.gatehouse.client;

/**
 * Something that nobody uses.
 *
 * @param apiId of the API that it belongs to, or belonged to
 * @param id of the thing: a stage's name, an integration's or authorizer's id, a function's ARN
 * @param detail a statement's id for permissions; for stages without traffic, since when; empty for
 *     others
 */
public record Finding(Kind kind, String apiId, String id, String detail) {

  /** What it is. */
  public enum Kind {
    /** A stage that serves no deployment. */
    STAGE_WITHOUT_DEPLOYMENT,
    /** A stage that nobody asked anything for a time; only looked for on request. */
    STAGE_WITHOUT_TRAFFIC,
    /** An API without a route. */
    API_WITHOUT_ROUTES,
    /** An integration that no route leads to. */
    UNUSED_INTEGRATION,
    /** An authorizer that no route asks. */
    UNUSED_AUTHORIZER,
    /** Leave to invoke a function, for an API that is there no more. */
    PERMISSION_OF_DELETED_API
  }
}
