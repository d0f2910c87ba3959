package dev.gatehouse.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route that takes requests. Names its integration by id, so that a changed integration is
 * changed in one place, however many routes have it.
 *
 * @param routeKey as configured: {@code GET /pets/{id}}
 * @param pathTemplate the key's path; {@code $default} for the catch-all
 * @param variables the names in the path, in order
 * @param integrationId null where the route has none
 * @param authorizerId null where the route is open
 * @param scopes those of which a token must have one; null where any token will do
 * @param signed whether requests must be signed (AWS_IAM)
 * @param keyed whether requests must bring an API key (beyond AWS)
 * @param refusal why the route cannot be served as it asks to be; null where it can
 */
record LiveRoute(
    String routeKey,
    String pathTemplate,
    List<String> variables,
    @Nullable String integrationId,
    @Nullable String authorizerId,
    @Nullable List<String> scopes,
    boolean signed,
    boolean keyed,
    @Nullable String refusal) {}
