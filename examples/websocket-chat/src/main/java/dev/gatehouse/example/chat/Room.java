package dev.gatehouse.example.chat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.s3.S3Client;

/** Who is there, and how they are told. */
final class Room {
  /**
   * A connection is in the table a moment before it is open, and cannot be reached until then. One
   * that is gone after this long has lost its {@code $disconnect}.
   */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private final Members members;
  private final Map<String, ApiGatewayManagementApiClient> callbacks = new HashMap<>();

  private Room(Members members) {
    this.members = members;
  }

  /** The room of a function's environment: {@code BUCKET} has its table. */
  static Room of(Map<String, String> environment) {
    S3Client objects =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .forcePathStyle(true)
            .build();
    return new Room(new Members(objects, String.valueOf(environment.get("BUCKET"))));
  }

  void enter(String connectionId, String name) {
    members.add(connectionId, name);
  }

  /** Takes one out who was in; returns the name. */
  Optional<String> leave(String connectionId) {
    List<Members.Member> found = members.of(connectionId);
    found.forEach(members::remove);
    return found.stream().findFirst().map(Members.Member::name);
  }

  Optional<String> name(String connectionId) {
    return members.of(connectionId).stream().findFirst().map(Members.Member::name);
  }

  /** Tells everyone who is there. */
  void tell(String callback, Map<String, String> message) {
    ApiGatewayManagementApiClient client = client(callback);
    SdkBytes data = SdkBytes.fromUtf8String(Json.write(message));
    for (Members.Member member : members.all()) {
      try {
        client.postToConnection(post -> post.connectionId(member.connectionId()).data(data));
      } catch (GoneException gone) {
        if (member.since().isBefore(Instant.now().minus(YOUNG))) {
          members.remove(member);
        }
      }
    }
  }

  private ApiGatewayManagementApiClient client(String callback) {
    return callbacks.computeIfAbsent(
        callback,
        url ->
            ApiGatewayManagementApiClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create(url))
                .build());
  }
}
