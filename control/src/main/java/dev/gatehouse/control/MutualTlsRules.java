package dev.gatehouse.control;

import dev.gatehouse.model.DomainName.MutualTls;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mutual TLS of a domain name (control-plane.md section 13 [C/L]). Whether the truststore can
 * be read is not looked at.
 */
final class MutualTlsRules {
  private static final String MEMBER = "mutualTlsAuthentication";
  private static final String URI = "truststoreUri";
  private static final Pattern TRUSTSTORE =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/\\S+");

  private MutualTlsRules() {}

  static void check(@Nullable MutualTls settings) {
    if (settings == null) {
      return;
    }
    String uri = settings.truststoreUri();
    if (uri == null || !TRUSTSTORE.matcher(uri).matches()) {
      throw OwnRefusals.invalid(URI, "it has the form s3://bucket/key");
    }
  }

  /**
   * Merges the settings of an update into the old ones, member by member: Terraform sends a new
   * version without the URI, and an empty URI to switch mutual TLS off [L].
   */
  static void merge(ObjectNode old, ObjectNode given, ObjectNode body) {
    if (!(given.get(MEMBER) instanceof ObjectNode update)) {
      return;
    }
    body.remove(MEMBER);
    if (update.path(URI).asString(".").isEmpty()) {
      return;
    }
    ObjectNode merged = Desk.object();
    if (old.get(MEMBER) instanceof ObjectNode before) {
      merged.setAll(before);
    }
    for (Map.Entry<String, JsonNode> member : update.properties()) {
      merged.set(member.getKey(), member.getValue());
      if (member.getValue().asString("").isEmpty()) {
        merged.remove(member.getKey());
      }
    }
    if (!merged.isEmpty()) {
      body.set(MEMBER, merged);
    }
  }
}
