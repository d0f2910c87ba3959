package dev.gatehouse.example.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The table of connections: an empty object in a bucket for each, whose key {@code
 * {connectionId}/{name}} says all there is to say, so that one listing reads the table. Functions
 * run in several processes and share nothing else; objects of their own never collide. On AWS a
 * DynamoDB table is the usual choice.
 */
record Members(S3Client objects, String bucket) {
  /**
   * Somebody who is connected.
   *
   * @param key of the object
   */
  record Member(String key, String connectionId, String name, Instant since) {}

  void add(String connectionId, String name) {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
    objects.putObject(
        put -> put.bucket(bucket).key(connectionId + "/" + encoded), RequestBody.empty());
  }

  void remove(Member member) {
    objects.deleteObject(delete -> delete.bucket(bucket).key(member.key()));
  }

  List<Member> all() {
    return of("");
  }

  /** Those of one connection; of all with an empty id. */
  List<Member> of(String connectionId) {
    return objects
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(connectionId))
        .contents()
        .stream()
        .map(Members::member)
        .toList();
  }

  private static Member member(S3Object object) {
    String[] parts = object.key().split("/", 2);
    String name = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    return new Member(object.key(), parts[0], name, object.lastModified());
  }
}
