package dev.gatehouse.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The gateways of one account and region, on AWS or on a Gatehouse. Where nothing else is said,
 * endpoint, region and credentials come from the usual AWS settings ({@code AWS_ENDPOINT_URL},
 * {@code AWS_PROFILE}, …). Safe for many threads; calls block.
 *
 * {@snippet class="ClientExamples" region="items"}
 */
public final class Gateways implements AutoCloseable {
  private final Session session;

  private Gateways(Session session) {
    this.session = session;
  }

  /**
   * With the usual AWS settings.
   *
   * {@snippet class="GatewaysExamples" region="create"}
   */
  public static Gateways create() {
    return builder().build();
  }

  /**
   * With settings of one's own.
   *
   * {@snippet class="GatewaysExamples" region="builder"}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates an API.
   *
   * {@snippet class="ClientExamples" region="items"}
   *
   * @throws StepFailed where AWS refuses it
   */
  public Api create(ApiSpec spec) {
    return new Apis(session).create(spec);
  }

  /**
   * The one API of that name, made where it is missing, updated where it differs.
   *
   * {@snippet class="ClientExamples" region="ensure"}
   *
   * @throws StepFailed where several have the name, or where it is of the other protocol
   */
  public Ensured<Api> ensure(ApiSpec spec) {
    return new Apis(session).ensure(spec);
  }

  /**
   * The API with that id.
   *
   * {@snippet class="GatewaysExamples" region="read"}
   *
   * @throws StepFailed where there is none
   */
  public Api api(String id) {
    return new Apis(session).get(id);
  }

  /**
   * The one API of that name.
   *
   * {@snippet class="GatewaysExamples" region="read"}
   *
   * @throws StepFailed where several have it
   */
  public Optional<Api> find(String name) {
    return new Apis(session).find(name);
  }

  /**
   * Every API.
   *
   * {@snippet class="GatewaysExamples" region="read"}
   */
  public List<Api> apis() {
    return new Apis(session).list();
  }

  /**
   * Creates a VPC link, and waits until it is available.
   *
   * {@snippet class="GatewaysExamples" region="vpcLinks"}
   */
  public VpcLink create(VpcLinkSpec spec) {
    return new VpcLinks(session).create(spec);
  }

  /**
   * The one VPC link of that name, made where it is missing. Subnets and security groups of a link
   * cannot be changed on AWS: one with others is refused.
   *
   * {@snippet class="GatewaysExamples" region="vpcLinks"}
   */
  public Ensured<VpcLink> ensure(VpcLinkSpec spec) {
    return new VpcLinks(session).ensure(spec);
  }

  /**
   * Deletes a VPC link, and waits until it is gone.
   *
   * {@snippet class="GatewaysExamples" region="vpcLinks"}
   */
  public void delete(VpcLink link) {
    new VpcLinks(session).delete(link);
  }

  /**
   * The ARN of the listener behind the URL of an internal load balancer, as {@link
   * PrivateIntegration} needs it.
   *
   * {@snippet class="GatewaysExamples" region="listener"}
   *
   * @throws StepFailed where there is no such balancer or listener; the message says which
   */
  public String listenerArn(String url) {
    return new Listeners(session).arn(URI.create(url));
  }

  /**
   * Creates a domain of one's own.
   *
   * {@snippet class="GatewaysExamples" region="domains"}
   */
  public Domain create(DomainSpec spec) {
    return new Domains(session).create(spec);
  }

  /**
   * That domain, made where it is missing, updated where its certificate differs.
   *
   * {@snippet class="GatewaysExamples" region="domains"}
   */
  public Ensured<Domain> ensure(DomainSpec spec) {
    return new Domains(session).ensure(spec);
  }

  /**
   * Has a domain serve a stage of an API below a key; the empty key is the domain's root.
   *
   * {@snippet class="GatewaysExamples" region="domains"}
   */
  public Ensured<String> map(Domain domain, String key, Stage stage) {
    return new Domains(session).map(domain, key, stage);
  }

  /**
   * Deletes a domain with its mappings.
   *
   * {@snippet class="GatewaysExamples" region="domains"}
   */
  public void delete(Domain domain) {
    new Domains(session).delete(domain);
  }

  /**
   * What nobody uses any more, and the means to clean it up.
   *
   * {@snippet class="UpkeepExamples" region="clean"}
   */
  public Upkeep upkeep() {
    return new Upkeep(session);
  }

  /**
   * Does several things; where one fails, everything that was created before is taken back.
   *
   * {@snippet class="ClientExamples" region="allOrNothing"}
   *
   * @throws StepFailed which says what could not be taken back
   */
  public <T> T allOrNothing(Function<Gateways, T> work) {
    Journal journal = new Journal();
    try {
      return work.apply(new Gateways(session.with(journal)));
    } catch (StepFailed failed) {
      throw failed.leaving(journal.undo());
    } catch (RuntimeException failed) {
      journal.undo();
      throw failed;
    }
  }

  /**
   * Does several things; where one fails, nothing is taken back, and the failure says what was left
   * behind.
   *
   * {@snippet class="GatewaysExamples" region="together"}
   */
  public <T> T together(Function<Gateways, T> work) {
    Journal journal = new Journal();
    try {
      return work.apply(new Gateways(session.with(journal)));
    } catch (StepFailed failed) {
      throw failed.leaving(journal.contents());
    }
  }

  @Override
  public void close() {
    session.clients().close();
  }

  /** Settings of one's own, in place of the usual AWS ones. */
  public static final class Builder {
    private @Nullable URI endpoint;
    private @Nullable Region region;
    private @Nullable AwsCredentialsProvider credentials;

    private Builder() {}

    /**
     * Where calls go, such as {@code http://localhost:4566}.
     *
     * {@snippet class="GatewaysExamples" region="builder"}
     */
    public Builder endpoint(String url) {
      this.endpoint = URI.create(url);
      return this;
    }

    /**
     * Which region is meant, such as {@code eu-west-1}.
     *
     * {@snippet class="GatewaysExamples" region="builder"}
     */
    public Builder region(String id) {
      this.region = Region.of(id);
      return this;
    }

    /**
     * Who calls, by a long-lived key.
     *
     * {@snippet class="GatewaysExamples" region="builder"}
     */
    public Builder credentials(String accessKeyId, String secretAccessKey) {
      return credentials(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    /**
     * Who calls.
     *
     * {@snippet class="GatewaysExamples" region="profile"}
     */
    public Builder credentials(AwsCredentialsProvider provider) {
      this.credentials = provider;
      return this;
    }

    /**
     * The gateways.
     *
     * {@snippet class="GatewaysExamples" region="builder"}
     */
    public Gateways build() {
      return new Gateways(new Session(new Clients(endpoint, region, credentials), null));
    }
  }
}
