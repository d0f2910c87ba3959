package dev.gatehouse.objects;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.MasterSecret;
import dev.gatehouse.identity.TemporaryCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** An object store behind a real server, with clients for it. */
final class RunningStore implements AutoCloseable {
  static final AwsCredentials TEST = AwsBasicCredentials.create("test", "test");

  /** Moves the store's clock; null for the real time. */
  final AtomicReference<Instant> now = new AtomicReference<>();

  final TemporaryCredentials temporary;
  final S3Proxy proxy;
  final ObjectStore store;
  private final TestServer server;

  RunningStore(Path data) throws IOException {
    this(data, null, new AccessCheck.Open());
  }

  /** One that does not let everybody do everything. */
  RunningStore(Path data, AccessCheck access) throws IOException {
    this(data, null, access);
  }

  /** In front of another, which keeps the bytes. */
  RunningStore(Path data, RunningStore other) throws IOException {
    this(data, other, new AccessCheck.Open());
  }

  private RunningStore(Path data, RunningStore other, AccessCheck access) throws IOException {
    InstantSource clock =
        () -> {
          Instant set = now.get();
          return set == null ? Instant.now() : set;
        };
    SecureRandom random = new SecureRandom();
    temporary =
        new TemporaryCredentials(
            MasterSecret.open(data.resolve("master.secret"), random), clock, random);
    Authenticator authenticator =
        new Authenticator(
            Authenticator.Mode.OPEN, new AccessKeys(true, List.of()).or(temporary), clock, 1000);
    proxy =
        new S3Proxy(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of(System.getProperty("gatehouse.objects.lib")),
            data.resolve("objects"),
            random);
    store =
        new ObjectStore(
            authenticator,
            access,
            other == null
                ? new ObjectPlace.Here(proxy, data.resolve("objects-incoming"), false)
                : new ObjectPlace.Elsewhere(other.endpoint(), "eu-west-1", "test", "test", null),
            Set.of("localhost"),
            random,
            data.resolve("objects-cors"),
            data.resolve("objects-tags"));
    server = new TestServer(store);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  int port() {
    return server.port();
  }

  S3Client client(AwsCredentials who) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .forcePathStyle(true)
        .build();
  }

  S3Client client() {
    return client(TEST);
  }

  S3Presigner presigner(AwsCredentials who) {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
