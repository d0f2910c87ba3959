package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a bucket on AWS can have and no bucket here has. Tools read it before and after they change
 * a bucket: they get what S3 says of a bucket that was never given it [C]. Who gives it is told by
 * name that it is not built.
 */
enum BucketFacet {
  ACCELERATE("accelerate", "BucketAccelerateConfiguration", "<AccelerateConfiguration%s/>"),
  ENCRYPTION(
      "encryption",
      "BucketEncryption",
      "ServerSideEncryptionConfigurationNotFoundError",
      "The server side encryption configuration was not found"),
  LIFECYCLE(
      "lifecycle",
      "BucketLifecycleConfiguration",
      "NoSuchLifecycleConfiguration",
      "The lifecycle configuration does not exist"),
  LOGGING("logging", "BucketLogging", "<BucketLoggingStatus%s/>"),
  NOTIFICATION("notification", "BucketNotificationConfiguration", "<NotificationConfiguration%s/>"),
  OBJECT_LOCK(
      "object-lock",
      "ObjectLockConfiguration",
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket"),
  OWNERSHIP_CONTROLS(
      "ownershipControls",
      "BucketOwnershipControls",
      "OwnershipControlsNotFoundError",
      "The bucket ownership controls were not found"),
  POLICY("policy", "BucketPolicy", "NoSuchBucketPolicy", "The bucket policy does not exist"),
  POLICY_STATUS(
      "policyStatus",
      "BucketPolicyStatus",
      "NoSuchBucketPolicy",
      "The bucket policy does not exist"),
  PUBLIC_ACCESS_BLOCK(
      "publicAccessBlock",
      "PublicAccessBlock",
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found"),
  REPLICATION(
      "replication",
      "BucketReplication",
      "ReplicationConfigurationNotFoundError",
      "The replication configuration was not found"),
  REQUEST_PAYMENT(
      "requestPayment",
      "BucketRequestPayment",
      "<RequestPaymentConfiguration%s><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"),
  VERSIONING("versioning", "BucketVersioning", "<VersioningConfiguration%s/>"),
  WEBSITE(
      "website",
      "BucketWebsite",
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration");

  private static final int MAX_DOCUMENT = 16 * 1024;
  private static final String SPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  private final String query;
  private final String operation;
  private final String code;
  private final String text;

  /** S3 refuses where it is not set. */
  BucketFacet(String query, String operation, String code, String message) {
    this.query = query;
    this.operation = operation;
    this.code = code;
    this.text = message;
  }

  /** S3 answers with a document where it is not set; in it {@code %s} is the name space. */
  BucketFacet(String query, String operation, String document) {
    this(query, operation, "", document);
  }

  /** The one that a query asks for. */
  static Optional<BucketFacet> of(String query) {
    for (BucketFacet facet : values()) {
      if (query.equals(facet.query) || query.equals(facet.query + "=")) {
        return Optional.of(facet);
      }
    }
    return Optional.empty();
  }

  Answer answer(HttpCall call) throws IOException {
    if (this == VERSIONING && call.method().equals("PUT")) {
      return versioning(SmallBody.read(call, MAX_DOCUMENT));
    }
    return switch (call.method()) {
      case "GET" ->
          code.isEmpty() ? xml(text.formatted(SPACE)) : new Answer.Failed(404, code, text);
      case "DELETE" -> new Answer.Passed(HttpReply.empty(204));
      default -> Answer.notBuilt("Put" + operation);
    };
  }

  /**
   * A bucket that never had versions is suspended by nothing: it keeps one of each object as
   * before. S3 would say from then on that it is suspended.
   */
  private static Answer versioning(byte[] document) {
    String status =
        XmlText.root(document, "VersioningConfiguration").stream()
            .flatMap(it -> XmlText.texts(it, "Status").stream())
            .findFirst()
            .orElse("");
    return switch (status) {
      case "Suspended" -> new Answer.Passed(HttpReply.empty(200));
      case "Enabled" -> Answer.notBuilt("PutBucketVersioning with the status Enabled");
      default -> Answer.malformedXml();
    };
  }

  static Answer.Passed xml(String document) {
    String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document;
    return new Answer.Passed(
        new HttpReply(
            200,
            Headers.of("Content-Type", "application/xml"),
            new HttpReply.Bytes(text.getBytes(StandardCharsets.UTF_8))));
  }
}
