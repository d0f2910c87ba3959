package dev.gatehouse.objects;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a call says of owners, who pays and access lists. A bucket here is as AWS makes them since
 * 2023: its owner owns all in it and it has no lists [C], so that what asks for none goes on and
 * what asks for one is refused rather than ignored.
 */
final class OwnerHeaders {
  private static final String OBJECT_OWNERSHIP = "x-amz-object-ownership";
  private static final String OBJECT_LOCK = "x-amz-bucket-object-lock-enabled";
  private static final String ACL = "x-amz-acl";
  private static final String GRANT = "x-amz-grant-";
  private static final Set<String> OWN_ALONE = Set.of("private", "bucket-owner-full-control");
  private static final List<String> OWNERS =
      List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner");

  private OwnerHeaders() {}

  /** Why a call is not to go on; empty where it is, {@link #without} them. */
  static Optional<Answer.Failed> refusal(HttpCall call, S3Target.Accepted target, Caller caller) {
    Headers headers = call.headers();
    for (String owner : OWNERS) {
      if (headers.first(owner).filter(it -> !it.equals(caller.scope().account())).isPresent()) {
        return Optional.of(new Answer.Failed(403, "AccessDenied", "Access Denied"));
      }
    }
    if (headers.first(OBJECT_LOCK).filter("true"::equalsIgnoreCase).isPresent()) {
      return Optional.of(Answer.notBuilt("Object lock"));
    }
    Optional<String> ownership = headers.first(OBJECT_OWNERSHIP);
    if (ownership.isPresent() && !ownership.get().equals("BucketOwnerEnforced")) {
      return Optional.of(Answer.notBuilt("Object ownership " + ownership.get()));
    }
    return hasList(call, target) ? Optional.of(noLists(target)) : Optional.empty();
  }

  private static boolean hasList(HttpCall call, S3Target.Accepted target) {
    Headers headers = call.headers();
    boolean said =
        headers.first(ACL).filter(it -> !OWN_ALONE.contains(it)).isPresent()
            || headers.lines().stream()
                .anyMatch(line -> line.name().regionMatches(true, 0, GRANT, 0, GRANT.length()));
    boolean document = call.method().equals("PUT") && target.asks("acl") && call.bodyLength() != 0;
    return said || document;
  }

  private static Answer.Failed noLists(S3Target.Accepted target) {
    return target.isBucket() && target.query().isEmpty()
        ? new Answer.Failed(
            400,
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
        : new Answer.Failed(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
  }

  private static boolean isAmazon(Headers.Header line) {
    return line.name().regionMatches(true, 0, "x-amz-", 0, "x-amz-".length());
  }

  /** The call without what has been dealt with. */
  static HttpCall without(HttpCall call, S3Target.Accepted target) {
    if (call.headers().lines().stream().noneMatch(OwnerHeaders::isAmazon)) {
      return call;
    }
    Headers headers = call.headers().without("x-amz-request-payer");
    for (String owner : OWNERS) {
      headers = headers.without(owner);
    }
    if (!target.asks("acl")) {
      headers = headers.without(ACL);
    }
    headers = headers.without(OBJECT_OWNERSHIP).without(OBJECT_LOCK);
    return call.with(headers);
  }
}
