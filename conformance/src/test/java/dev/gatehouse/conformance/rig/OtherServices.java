package dev.gatehouse.conformance.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/**
 * Services of AWS's that Gatehouse does not have, as AWS documents them, before a Gatehouse that
 * answers all else: Elastic Load Balancing with one internal balancer, CloudWatch with counts of
 * stages, and API Gateway v1 with one REST API.
 */
public final class OtherServices implements AutoCloseable {
  /** The balancer's DNS name. */
  public static final String BALANCER = "internal-inside-1.us-east-1.elb.amazonaws.com";

  /** The ARN of its one listener, on port 8080. */
  public static final String LISTENER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/inside/50dc6c49/f2f7dc8e";

  private static final String XML =
      "<%1$sResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
          + "<%1$sResult>%2$s</%1$sResult>"
          + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>";

  private final Map<String, Double> counts = new ConcurrentHashMap<>();
  private final Http gatehouse;
  private final HttpServer server;

  private OtherServices(Http gatehouse) throws IOException {
    this.gatehouse = gatehouse;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        });
    server.start();
  }

  /** Starts them before a Gatehouse. */
  public static OtherServices before(RunningGatehouse gatehouse) throws IOException {
    return new OtherServices(gatehouse.http());
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Where clients find all of them. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Has CloudWatch count requests for a metric, such as {@code Count}, of a stage of an API. */
  public void count(String metric, String apiId, String stage, double requests) {
    counts.put(metric + "/" + apiId + "/" + stage, requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/service/GraniteServiceVersion20100801/operation/")) {
      exchange.getResponseHeaders().set("Content-Type", "application/cbor");
      exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
      byte[] answer = statistics(body);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } else if (path.startsWith("/restapis")) {
      Backend.text(exchange, 200, rest(path));
    } else if (path.equals("/")) {
      Backend.text(exchange, 200, balancers(new String(body, StandardCharsets.UTF_8)));
    } else {
      forward(exchange, body);
    }
  }

  /** One REST API of API Gateway v1. */
  private static String rest(String path) {
    if (path.endsWith("/exports/oas30")) {
      return "{\"openapi\":\"3.0.1\",\"paths\":{\"/a\":{\"get\":"
          + "{\"x-amazon-apigateway-integration\":{\"type\":\"aws\"}}}}}";
    }
    return path.endsWith("/stages")
        ? "{\"item\":[{\"stageName\":\"prod\",\"cacheClusterEnabled\":true}]}"
        : "{\"item\":[{\"id\":\"rest123456\",\"name\":\"of v1\","
            + "\"endpointConfiguration\":{\"types\":[\"PRIVATE\"]}}]}";
  }

  private static String balancers(String form) {
    return form.contains("Action=DescribeLoadBalancers")
        ? form.contains("Marker=second")
            ? XML.formatted(
                "DescribeLoadBalancers", "<LoadBalancers>" + member() + "</LoadBalancers>")
            : XML.formatted(
                "DescribeLoadBalancers", "<LoadBalancers/><NextMarker>second</NextMarker>")
        : XML.formatted(
            "DescribeListeners",
            "<Listeners><member><ListenerArn>"
                + LISTENER
                + "</ListenerArn><Port>8080</Port><Protocol>HTTP</Protocol></member></Listeners>");
  }

  private static String member() {
    return "<member><LoadBalancerArn>arn:aws:elasticloadbalancing:us-east-1:000000000000:"
        + "loadbalancer/app/inside/50dc6c49</LoadBalancerArn><LoadBalancerName>inside"
        + "</LoadBalancerName><Scheme>internal</Scheme><DNSName>"
        + BALANCER
        + "</DNSName></member>";
  }

  /** What was counted, as one point of the day. */
  private byte[] statistics(byte[] asked) throws IOException {
    List<String> texts = texts(asked);
    String metric = texts.get(texts.indexOf("MetricName") + 1);
    int dimensions = texts.indexOf("ApiId");
    String api = texts.get(dimensions + 2);
    String stage = texts.get(texts.lastIndexOf("Stage") + 2);
    Double count = counts.get(metric + "/" + api + "/" + stage);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator cbor = new CBORFactory().createGenerator(out)) {
      cbor.writeStartObject();
      cbor.writeStringField("Label", metric);
      cbor.writeArrayFieldStart("Datapoints");
      if (count != null) {
        cbor.writeStartObject();
        cbor.writeNumberField("Sum", count);
        cbor.writeEndObject();
      }
      cbor.writeEndArray();
      cbor.writeEndObject();
    }
    return out.toByteArray();
  }

  /** Every name and text of a value, in order. */
  private static List<String> texts(byte[] cbor) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = new CBORFactory().createParser(cbor)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        }
      }
    }
    return texts;
  }

  /** As it came, signed host and all. */
  private void forward(HttpExchange exchange, byte[] asked) throws IOException {
    List<String> headers = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!name.toLowerCase(Locale.ROOT)
              .matches("content-length|connection|upgrade|http2-.*")) {
            values.forEach(value -> headers.add(name + ": " + value));
          }
        });
    Reply answer =
        gatehouse.send(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            asked,
            headers.toArray(String[]::new));
    for (String line : answer.lines()) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.matches("(?i)(content-length|transfer-encoding|connection|date):.*")) {
        exchange
            .getResponseHeaders()
            .add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
