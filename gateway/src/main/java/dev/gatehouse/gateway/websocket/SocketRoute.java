package dev.gatehouse.gateway.websocket;

/**
 * A route, compiled for one stage.
 *
 * @param twoWay whether the sender gets the integration's answer: the route has a route response
 *     and a selection expression for it [C]
 */
record SocketRoute(String routeKey, SocketBackend backend, boolean twoWay) {}
