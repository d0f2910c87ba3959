package dev.gatehouse.cli.remote;

import dev.gatehouse.client.Gateways;
import java.net.URI;
import java.time.InstantSource;
import java.util.Random;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.json.JsonMapper;

/** The options that say which server is asked and how it is shown. */
public final class Server {

  /** How answers are shown. */
  public enum Output {
    table,
    json
  }

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The server. Default: $$AWS_ENDPOINT_URL, else http://localhost:4566. Calls are signed"
              + " with the usual AWS settings (environment, profile), else as test in us-east-1.",
      defaultValue = "${env:AWS_ENDPOINT_URL:-http://localhost:4566}")
  private URI endpoint = URI.create("http://localhost:4566");

  @SuppressWarnings("UnusedVariable") // picocli sets it
  @Option(
      names = "--aws",
      description =
          "Ask AWS itself, in the region and with the credentials that the AWS CLI would use.")
  private boolean aws;

  @Option(names = "--output", paramLabel = "FORM", description = "table or json. Default: table.")
  private Output output = Output.table;

  /** Signed calls as JSON: what answers fast is asked this way. */
  public ControlClient connect() {
    AwsSettings settings = settings();
    Place place = aws ? new Place.Aws(settings.region()) : new Place.One(endpoint);
    return new ControlClient(place, settings, InstantSource.system(), new Random());
  }

  /** The same for what AWS has no call for. */
  public ControlClient connectToGatehouse() {
    if (aws) {
      throw new CallFailed(0, "AWS has no call for this; ask a Gatehouse, without --aws");
    }
    return connect();
  }

  /** The client library, for what takes more than one call. */
  public Gateways gateways() {
    AwsSettings settings = settings();
    Gateways.Builder builder =
        Gateways.builder().region(settings.region()).credentials(settings::credentials);
    return (aws ? builder : builder.endpoint(endpoint.toString())).build();
  }

  /** One of the AWS SDK's clients, for services besides API Gateway. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C sdk(B builder) {
    AwsSettings settings = settings();
    builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .region(Region.of(settings.region()))
        .credentialsProvider(settings::credentials);
    return (aws ? builder : builder.endpointOverride(endpoint)).build();
  }

  /** What to say where none of the SDK's attempts found anybody. */
  public CallFailed unreachable() {
    Place place = aws ? new Place.Aws(settings().region()) : new Place.One(endpoint);
    return new CallFailed(
        0, "nothing answers at " + place.of("apigateway") + "; " + place.advice());
  }

  /** Whether AWS itself is asked. */
  public boolean aws() {
    return aws;
  }

  /** Where calls go, unless to AWS. */
  public URI endpoint() {
    return endpoint;
  }

  /** Who calls, and in which region. */
  public AwsSettings settings() {
    return aws ? AwsSettings.ofAws() : AwsSettings.of(System.getenv());
  }

  public boolean json() {
    return output == Output.json;
  }

  /** One line of an answer: for people as it is, for programs under a name. */
  public String line(String name, String text) {
    return json() ? new JsonMapper().createObjectNode().put(name, text).toString() : text;
  }

  /** Says that something is gone. */
  public String removed(String id) {
    return json() ? line("removed", id) : "removed " + id;
  }
}
