package dev.gatehouse.cli.demo;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of the AWS SDK for one Gatehouse, with the key that local AWS tooling uses. */
record Aws(ApiGatewayV2Client gateway, LambdaClient lambda, S3Client s3, URI endpoint)
    implements AutoCloseable {

  static final Region REGION = Region.US_EAST_1;
  private static final String KEY = "test";

  static Aws at(URI endpoint) {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY));
    return new Aws(
        ApiGatewayV2Client.builder()
            .httpClient(http)
            .region(REGION)
            .credentialsProvider(credentials)
            .endpointOverride(endpoint)
            .build(),
        LambdaClient.builder()
            .httpClient(http)
            .region(REGION)
            .credentialsProvider(credentials)
            .endpointOverride(endpoint)
            .build(),
        S3Client.builder()
            .httpClient(http)
            .region(REGION)
            .credentialsProvider(credentials)
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .build(),
        endpoint);
  }

  /** What a program needs in its environment to be a client of the same Gatehouse. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint.toString(),
        "AWS_REGION",
        REGION.id(),
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        KEY);
  }

  @Override
  public void close() {
    gateway.close();
    lambda.close();
    s3.close();
  }
}
