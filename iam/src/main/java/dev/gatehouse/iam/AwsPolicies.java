package dev.gatehouse.iam;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policies of AWS that functions' roles are mostly given, by their ARNs. There are more than a
 * thousand on AWS; one that is not here does not exist, so that nobody gets what it does not say.
 */
final class AwsPolicies {
  private static final String CREATED = "2015-02-06T18:39:46Z";
  private static final Map<String, ObjectNode> ALL = read();

  private AwsPolicies() {}

  static Optional<ObjectNode> find(String arn) {
    return Optional.ofNullable(ALL.get(arn));
  }

  static Collection<ObjectNode> all() {
    return ALL.values();
  }

  private static Map<String, ObjectNode> read() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    try (InputStream in = AwsPolicies.class.getResourceAsStream("aws-policies.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, JsonNode> each : Json.mapper().readTree(text).properties()) {
        ObjectNode body = body(each.getKey(), each.getValue().toString());
        all.put(body.path("Arn").asString(), body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static ObjectNode body(String pathAndName, String document) {
    int slash = pathAndName.lastIndexOf('/');
    String arn = "arn:aws:iam::aws:policy" + pathAndName;
    ObjectNode body =
        Trees.object()
            .put("PolicyName", pathAndName.substring(slash + 1))
            .put("PolicyId", dev.gatehouse.identity.Identity.id("ANPA", arn))
            .put("Arn", arn)
            .put("Path", pathAndName.substring(0, slash + 1))
            .put(ManagedPolicies.DEFAULT, "v1")
            .put("IsAttachable", true)
            .put("CreateDate", CREATED)
            .put("UpdateDate", CREATED);
    body.putObject(ManagedPolicies.VERSIONS)
        .putObject("v1")
        .put("Document", document)
        .put("CreateDate", CREATED);
    return body;
  }
}
