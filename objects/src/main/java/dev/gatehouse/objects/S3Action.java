package dev.gatehouse.objects;

import dev.gatehouse.identity.Context;
import dev.gatehouse.wire.http.HttpCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a call needs to be allowed (the list of S3's actions in the service authorization reference
 * [C]). A sub-resource that is not known here has an action of its own name, which only {@code
 * s3:*} allows.
 */
record S3Action(String action, String resource, Context context) {
  private static final String ARN = "arn:aws:s3:::";

  /** Query parameters that say how, not what. */
  private static final List<String> PLAIN =
      List.of(
          "list-type",
          "prefix",
          "delimiter",
          "marker",
          "max-keys",
          "encoding-type",
          "continuation-token",
          "key-marker",
          "version-id-marker",
          "start-after",
          "fetch-owner",
          "partNumber",
          "versionId");

  static List<S3Action> of(HttpCall call, S3Target.Accepted target) {
    Map<String, String> query = target.parameters();
    String path = target.name().substring(1);
    List<S3Action> actions = new ArrayList<>();
    if (path.isEmpty()) {
      actions.add(new S3Action("s3:ListAllMyBuckets", "*", Context.nothing()));
    } else if (target.isBucket()) {
      actions.add(ofBucket(call.method(), path.replaceFirst("/$", ""), query));
    } else {
      actions.add(plain(ofObject(call.method(), query), path));
      if (call.headers().first("x-amz-tagging").isPresent()) {
        actions.add(plain("s3:PutObjectTagging", path));
      }
      S3Target.copySource(call)
          .ifPresent(source -> actions.add(plain("s3:GetObject", source.substring(1))));
    }
    return actions;
  }

  /** What listing a bucket needs. */
  static S3Action list(String bucket) {
    return plain("s3:ListBucket", bucket);
  }

  /** What deleting a key needs. */
  static S3Action delete(String bucket, String key, boolean versioned) {
    return plain(versioned ? "s3:DeleteObjectVersion" : "s3:DeleteObject", bucket + "/" + key);
  }

  private static S3Action plain(String action, String resource) {
    return new S3Action(action, ARN + resource, Context.nothing());
  }

  private static S3Action ofBucket(String method, String bucket, Map<String, String> query) {
    Optional<String> what = subResource(query);
    if (what.isEmpty()) {
      return switch (method) {
        case "GET", "HEAD" ->
            new S3Action("s3:ListBucket", ARN + bucket, Context.of(listing(query)));
        case "PUT" -> plain("s3:CreateBucket", bucket);
        case "DELETE" -> plain("s3:DeleteBucket", bucket);
        default -> plain("s3:PutObject", bucket + "/*");
      };
    }
    return switch (method + " " + what.get()) {
      case "POST delete" -> plain("s3:DeleteObject", bucket + "/*");
      case "GET uploads" -> plain("s3:ListBucketMultipartUploads", bucket);
      case "GET versions" -> plain("s3:ListBucketVersions", bucket);
      case "DELETE tagging" -> plain("s3:PutBucketTagging", bucket);
      default -> plain("s3:" + verb(method) + ofFacet(what.get()), bucket);
    };
  }

  private static String ofFacet(String facet) {
    return switch (facet) {
      case "accelerate" -> "AccelerateConfiguration";
      case "encryption" -> "EncryptionConfiguration";
      case "lifecycle" -> "LifecycleConfiguration";
      case "object-lock" -> "BucketObjectLockConfiguration";
      case "replication" -> "ReplicationConfiguration";
      default -> "Bucket" + camel(facet);
    };
  }

  private static String ofObject(String method, Map<String, String> query) {
    String what = subResource(query).orElse("");
    String version = query.containsKey("versionId") ? "Version" : "";
    return switch (verb(method) + " " + what) {
      case "Get " -> "s3:GetObject" + version;
      case "Delete " -> "s3:DeleteObject" + version;
      case "Put ", "Put uploadId", "Post uploads", "Post uploadId", "Post " -> "s3:PutObject";
      case "Get uploadId" -> "s3:ListMultipartUploadParts";
      case "Delete uploadId" -> "s3:AbortMultipartUpload";
      case "Post select", "Get attributes" -> "s3:GetObject" + version;
      case "Post restore" -> "s3:RestoreObject";
      default -> "s3:" + verb(method) + "Object" + version + camel(what);
    };
  }

  private static String verb(String method) {
    return switch (method) {
      case "GET", "HEAD" -> "Get";
      case "PUT" -> "Put";
      case "DELETE" -> "Delete";
      default -> "Post";
    };
  }

  private static Optional<String> subResource(Map<String, String> query) {
    return query.keySet().stream().filter(name -> !PLAIN.contains(name)).findFirst();
  }

  private static Map<String, String> listing(Map<String, String> query) {
    Map<String, String> keys = new HashMap<>();
    for (String name : List.of("prefix", "delimiter", "max-keys")) {
      if (query.containsKey(name)) {
        keys.put("s3:" + name, query.get(name));
      }
    }
    return keys;
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-")) {
      camel.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT));
      camel.append(word.isEmpty() ? "" : word.substring(1));
    }
    return camel.toString();
  }
}
