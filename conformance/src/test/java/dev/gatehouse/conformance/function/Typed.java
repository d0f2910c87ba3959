package dev.gatehouse.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;

/** A function written against AWS's own classes of events; it tells what it read. */
public final class Typed
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    var http = event.getRequestContext().getHttp();
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(201)
        .withHeaders(
            Map.of(
                "X-Route", event.getRouteKey(),
                "X-Asked", http.getMethod() + " " + http.getPath(),
                "X-Parameter", String.valueOf(event.getPathParameters().get("id")),
                "X-Query", String.valueOf(event.getQueryStringParameters().get("q")),
                "X-Stage", event.getRequestContext().getStage(),
                "X-Request", event.getRequestContext().getRequestId()))
        .withCookies(List.of("first=" + event.getCookies().getFirst(), "second=2; Path=/"))
        .withBody(event.getHeaders().get("x-name") + ":" + event.getBody())
        .build();
  }
}
