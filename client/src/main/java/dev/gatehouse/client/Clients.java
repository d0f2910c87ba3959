package dev.gatehouse.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The SDK's clients, each made when it is first needed, all over one pool of connections. */
final class Clients implements AutoCloseable {
  private static final int ATTEMPTS = 6;

  private final @Nullable URI endpoint;
  private final @Nullable Region region;
  private final @Nullable AwsCredentialsProvider credentials;
  private final SdkHttpClient http =
      ApacheHttpClient.builder().connectionTimeout(Duration.ofSeconds(5)).build();
  private final List<AutoCloseable> made = new ArrayList<>();
  private final Once<ApiGatewayV2Client> apis =
      new Once<>(() -> client(ApiGatewayV2Client.builder(), null));
  private final Once<LambdaClient> lambda = new Once<>(() -> client(LambdaClient.builder(), null));
  private final Once<CloudWatchClient> metrics =
      new Once<>(() -> client(CloudWatchClient.builder(), null));
  private final Once<ElasticLoadBalancingV2Client> balancers =
      new Once<>(() -> client(ElasticLoadBalancingV2Client.builder(), null));

  Clients(
      @Nullable URI endpoint,
      @Nullable Region region,
      @Nullable AwsCredentialsProvider credentials) {
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = credentials;
  }

  ApiGatewayV2Client apis() {
    return apis.get();
  }

  LambdaClient lambda() {
    return lambda.get();
  }

  ElasticLoadBalancingV2Client balancers() {
    return balancers.get();
  }

  CloudWatchClient metrics() {
    return metrics.get();
  }

  /** A client for the connections of one stage. */
  ApiGatewayManagementApiClient connections(URI stage) {
    return client(ApiGatewayManagementApiClient.builder(), stage);
  }

  /** Where calls go; null for AWS, or what the environment says. */
  @Nullable URI endpoint() {
    return endpoint;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      C client(B builder, @Nullable URI place) {
    builder.httpClient(http).overrideConfiguration(c -> c.retryStrategy(retries()));
    URI to = place == null ? endpoint : place;
    if (to != null) {
      builder.endpointOverride(to);
    }
    if (region != null) {
      builder.region(region);
    }
    if (credentials != null) {
      builder.credentialsProvider(credentials);
    }
    C client = builder.build();
    synchronized (made) {
      made.add(client);
    }
    return client;
  }

  /**
   * AWS's standard strategy, with more patience for what it asks to be tried again: control calls
   * are throttled to a few a second, and writes to one API at the same time refuse each other.
   */
  private static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .retryOnException(TooManyRequestsException.class)
        .retryOnException(Clients::isConcurrentModification)
        .build();
  }

  private static boolean isConcurrentModification(Throwable failure) {
    return failure instanceof ConflictException conflict
        && String.valueOf(conflict.getMessage()).contains("complete")
        && String.valueOf(conflict.getMessage()).contains("again");
  }

  @Override
  public void close() {
    synchronized (made) {
      for (AutoCloseable client : made) {
        try {
          client.close();
        } catch (Exception e) {
          throw new IllegalStateException("a client of the AWS SDK cannot be closed", e);
        }
      }
      made.clear();
    }
    http.close();
  }

  /** Makes its value when it is first asked for. */
  private static final class Once<T> {
    private final Supplier<T> making;
    private @Nullable T value;

    Once(Supplier<T> making) {
      this.making = making;
    }

    synchronized T get() {
      T known = value;
      if (known == null) {
        known = making.get();
        value = known;
      }
      return known;
    }
  }
}
