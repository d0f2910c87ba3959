package dev.gatehouse.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/**
 * An HTTP API that is wanted.
 *
 * @param target for quick create: a URL or the ARN of a function that gets every request, on a
 *     stage {@code $default} that deploys by itself; null for an API without routes
 */
public record HttpApiSpec(
    String name,
    @Nullable String description,
    @Nullable Cors cors,
    Map<String, String> tags,
    @Nullable String target)
    implements ApiSpec {

  public HttpApiSpec {
    tags = Map.copyOf(tags);
  }

  /**
   * An HTTP API with nothing but a name.
   *
   * {@snippet class="SpecExamples" region="httpApi"}
   */
  public static HttpApiSpec named(String name) {
    return new HttpApiSpec(name, null, null, Map.of(), null);
  }

  /**
   * The same with a description.
   *
   * {@snippet class="SpecExamples" region="httpApi"}
   */
  public HttpApiSpec description(String text) {
    return new HttpApiSpec(name, text, cors, tags, target);
  }

  /**
   * The same for these web pages.
   *
   * {@snippet class="SpecExamples" region="httpApi"}
   */
  public HttpApiSpec cors(Cors pages) {
    return new HttpApiSpec(name, description, pages, tags, target);
  }

  /**
   * The same with one more tag.
   *
   * {@snippet class="SpecExamples" region="httpApi"}
   */
  public HttpApiSpec tag(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(key, value);
    return new HttpApiSpec(name, description, cors, more, target);
  }

  /**
   * The same, quickly created around a URL or the ARN of a function.
   *
   * {@snippet class="SpecExamples" region="httpApi"}
   */
  public HttpApiSpec target(String urlOrFunctionArn) {
    return new HttpApiSpec(name, description, cors, tags, urlOrFunctionArn);
  }

  @Override
  public CreateApiRequest request() {
    return CreateApiRequest.builder()
        .name(name)
        .protocolType(ProtocolType.HTTP)
        .description(description)
        .corsConfiguration(cors == null ? null : cors.toSdk())
        .tags(tags.isEmpty() ? null : tags)
        .target(target)
        .build();
  }
}
