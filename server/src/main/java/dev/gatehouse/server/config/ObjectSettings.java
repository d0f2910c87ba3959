package dev.gatehouse.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where objects are kept.
 *
 * @param durable whether what is stored here is on the disk before a call is answered
 * @param endpoint something else that speaks S3 and keeps them; null for here
 * @param region of its buckets
 * @param id of the access key for it; null for that of the environment
 * @param secret of that key
 */
public record ObjectSettings(
    boolean durable,
    @Nullable URI endpoint,
    String region,
    @Nullable String id,
    @Nullable String secret) {
  static final ObjectSettings USUAL = new ObjectSettings(false, null, "us-east-1", null, null);

  static ObjectSettings read(Section section) {
    Kind<URI> endpoint =
        Kind.text("an https:// or http:// URL of host and port, without a path")
            .only(text -> text.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?"))
            .to(text -> Optional.of(URI.create(text.replaceFirst("/$", ""))));
    Kind<String> region =
        Kind.text("a region such as eu-west-1").only(text -> text.matches("[a-z0-9-]{1,64}"));
    Kind<String> secret = Kind.text("text (in quotes where it is all digits)");
    return new ObjectSettings(
        section.get("durable", Kind.flag(), USUAL.durable()),
        section.get("endpoint", endpoint).orElse(null),
        section.get("region", region, USUAL.region()),
        section.get("id", Kind.text("the id of an access key")).orElse(null),
        section.get("secret", secret).orElse(null));
  }

  Map<String, Object> text() {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("durable", durable);
    if (endpoint != null) {
      text.put("endpoint", endpoint.toString());
      text.put("region", region);
    }
    return text;
  }

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "ObjectSettings[" + durable + ", " + endpoint + "]";
  }
}
