package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RequestPath;

/**
 * The event of an integration with request parameters: the function sees the mapped request [U],
 * since what is configured is not to be ignored. A mapped path is the whole path, stage or not.
 */
final class MappedEvent {
  private MappedEvent() {}

  static Event of(RequestMapping mapping, Exchange exchange, byte[] body) {
    if (mapping.readsBody()) {
      exchange.bodyStart(BodyStart.of(body));
    }
    String query = mapping.query(exchange, exchange.line().rawQuery());
    String path = mapping.path(exchange);
    mapping.applyHeaders(exchange, exchange.request().headers());
    Event event = Event.of(exchange, body);
    RequestLine line = event.line();
    return path == null
        ? event.with(
            new RequestLine(line.domainName(), line.rawPath(), query, line.stageName()),
            event.pathWithStage())
        : event.with(
            new RequestLine(line.domainName(), RequestPath.encode(path), query, null), path);
  }
}
