package dev.gatehouse.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import tools.jackson.databind.json.JsonMapper;

/** The clients that are connected to a stage of a WebSocket API. */
public final class Connections implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int AT_ONCE = 16;

  private final ApiGatewayManagementApiClient client;

  private Connections(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  static Connections of(Session session, Api api, Stage stage) {
    URI place = session.clients().endpoint();
    boolean clear = place != null && "http".equals(place.getScheme());
    String url = stage.url().toString().replaceFirst("^wss?:", clear ? "http:" : "https:");
    return new Connections(session.clients().connections(URI.create(url)));
  }

  /**
   * Sends text. False where the client is gone.
   *
   * {@snippet class="ConnectionExamples" region="one"}
   */
  public boolean send(String connectionId, String text) {
    return send(connectionId, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends an object as JSON. False where the client is gone.
   *
   * {@snippet class="ConnectionExamples" region="one"}
   */
  public boolean sendJson(String connectionId, Object value) {
    return send(connectionId, JSON.writeValueAsBytes(value));
  }

  /**
   * Sends bytes; at most 128 KB. False where the client is gone.
   *
   * {@snippet class="ConnectionExamples" region="one"}
   *
   * @throws StepFailed where it cannot be sent for another reason
   */
  public boolean send(String connectionId, byte[] bytes) {
    try {
      client.postToConnection(
          r -> r.connectionId(connectionId).data(SdkBytes.fromByteArray(bytes)));
      return true;
    } catch (GoneException gone) {
      return false;
    } catch (SdkException failed) {
      throw StepFailed.of("send to the connection " + connectionId, failed);
    }
  }

  /**
   * Sends text to many, some at a time; whoever is gone does not stop it.
   *
   * {@snippet class="ConnectionExamples" region="many"}
   */
  public Delivery sendAll(Collection<String> connectionIds, String text) {
    return sendAll(connectionIds, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes to many, some at a time; whoever is gone does not stop it.
   *
   * {@snippet class="ConnectionExamples" region="many"}
   */
  public Delivery sendAll(Collection<String> connectionIds, byte[] bytes) {
    Queue<String> sent = new ConcurrentLinkedQueue<>();
    Queue<String> gone = new ConcurrentLinkedQueue<>();
    Map<String, StepFailed> failed = new ConcurrentHashMap<>();
    ExecutorService some = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Boolean>> all =
          connectionIds.stream()
              .<Callable<Boolean>>map(id ->
                  () -> {
                    try {
                      return (send(id, bytes) ? sent : gone).add(id);
                    } catch (StepFailed other) {
                      return failed.put(id, other) == null;
                    }
                  })
              .toList();
      for (Future<Boolean> each : some.invokeAll(all)) {
        each.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException unexpected) {
      throw new IllegalStateException(unexpected.getCause());
    } finally {
      some.shutdown();
    }
    return new Delivery(List.copyOf(sent), List.copyOf(gone), failed);
  }

  /**
   * Who is connected; empty where the client is gone.
   *
   * {@snippet class="ConnectionExamples" region="manage"}
   */
  public Optional<ConnectionInfo> info(String connectionId) {
    try {
      var found = client.getConnection(r -> r.connectionId(connectionId));
      return Optional.of(
          new ConnectionInfo(
              connectionId,
              found.connectedAt(),
              found.lastActiveAt(),
              found.identity().sourceIp(),
              String.valueOf(found.identity().userAgent())));
    } catch (GoneException gone) {
      return Optional.empty();
    } catch (SdkException failed) {
      throw StepFailed.of("read the connection " + connectionId, failed);
    }
  }

  /**
   * Disconnects a client. False where it is gone already.
   *
   * {@snippet class="ConnectionExamples" region="manage"}
   */
  public boolean disconnect(String connectionId) {
    try {
      client.deleteConnection(r -> r.connectionId(connectionId));
      return true;
    } catch (GoneException gone) {
      return false;
    } catch (SdkException failed) {
      throw StepFailed.of("disconnect " + connectionId, failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
