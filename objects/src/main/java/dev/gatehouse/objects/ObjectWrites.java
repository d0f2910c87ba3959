package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes PUT of an object. Its bytes gather in a file beside the buckets, which gets the object's
 * name when all of them are there and right: whoever reads sees the old object or the new one, and
 * after a crash there is no half of one.
 *
 * @param durable whether the bytes are on the disk before the call is answered
 */
record ObjectWrites(Incoming incoming, boolean durable) {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectWrites.class);

  /** S3's for one PUT: 5 GiB [C]. */
  private static final long MOST_BYTES = 5L * 1024 * 1024 * 1024;

  /** S3's for the names and values of a client's own metadata [C]. */
  private static final int MOST_METADATA = 2048;

  private static final int PART = 128 * 1024;

  /**
   * Takes the object; {@code file} is below {@code bucket}.
   *
   * @throws IOException when the client's side fails, {@code PayloadRejected} among it
   */
  Answer put(HttpCall call, Path bucket, Path file) throws IOException {
    Optional<Answer> wrong = wrong(call);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    ClientBody body = new ClientBody(call.body());
    Path half = incoming.file();
    boolean moved = false;
    try {
      Answer answer = put(call, body, half, bucket, file);
      moved = answer instanceof Answer.Passed && !isFresh(call);
      return answer;
    } catch (IOException e) {
      body.throwFailure();
      LOG.warn("an object could not be stored: {}", e.toString());
      return new Answer.Failed(
          500, "InternalError", "We encountered an internal error. Please try again.");
    } finally {
      if (!moved) {
        Files.deleteIfExists(half);
      }
    }
  }

  private Answer put(HttpCall call, ClientBody body, Path half, Path bucket, Path file)
      throws IOException {
    byte[] md5 = receive(body, call, half);
    if (!SmallBody.expected(call).map(it -> MessageDigest.isEqual(it, md5)).orElse(true)) {
      return failed("BadDigest", SmallBody.BAD);
    }
    Incoming.Published published = incoming.publish(half, bucket, file, isFresh(call));
    if (durable && published == Incoming.Published.PUBLISHED) {
      Incoming.sync(file);
    }
    return switch (published) {
      case PUBLISHED -> new Answer.Passed(stored(call, md5));
      case EXISTS -> Answer.preconditionFailed();
      case NO_BUCKET -> Answer.noSuchBucket(String.valueOf(bucket.getFileName()));
      case IN_THE_WAY ->
          failed(
              "InvalidArgument",
              "This key can't be stored here: what stands before one of its slashes is an object,"
                  + " or it is what stands before a slash of another key.");
    };
  }

  /** Whether there must be no object of that name yet. */
  private static boolean isFresh(HttpCall call) {
    return call.headers().first("If-None-Match").isPresent();
  }

  private static Optional<Answer> wrong(HttpCall call) {
    if (call.bodyLength() > MOST_BYTES) {
      return Optional.of(
          failed("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"));
    }
    if (SmallBody.isMalformed(call)) {
      return Optional.of(failed("InvalidDigest", SmallBody.INVALID));
    }
    if (ObjectTags.said(call) instanceof Tags.Bad(Answer.Failed failed)) {
      return Optional.of(failed);
    }
    int metadata = 0;
    for (Headers.Header line : call.headers().lines()) {
      if (line.name().toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
        metadata += line.name().length() - "x-amz-meta-".length() + line.value().length();
      }
    }
    return metadata <= MOST_METADATA
        ? Optional.empty()
        : Optional.of(
            failed(
                "MetadataTooLarge",
                "Your metadata headers exceed the maximum allowed metadata size"));
  }

  /** Writes the body and what is said of it, and returns the body's hash. */
  private byte[] receive(InputStream body, HttpCall call, Path half) throws IOException {
    MessageDigest md5 = SmallBody.md5();
    long left = call.bodyLength();
    byte[] part = new byte[(int) Math.min(PART, left + 1)];
    try (FileChannel out = FileChannel.open(half, Incoming.NEW_FILE, Incoming.OWNER)) {
      int count = part.length;
      while (count == part.length) { // full parts, since the socket gives small ones
        count = body.readNBytes(part, 0, part.length);
        left -= count;
        md5.update(part, 0, count);
        ByteBuffer bytes = ByteBuffer.wrap(part, 0, count);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      if (left != 0) {
        throw new EOFException("the body is not as long as was said");
      }
      byte[] hash = md5.digest();
      ObjectAttributes.write(half, call.headers(), hash);
      if (ObjectTags.said(call) instanceof Tags.Good(Tags tags) && !tags.values().isEmpty()) {
        ObjectTags.write(half, tags);
      }
      if (durable) {
        out.force(true);
      }
      return hash;
    }
  }

  private static HttpReply stored(HttpCall call, byte[] md5) {
    HttpReply reply = HttpReply.empty(200).with("ETag", '"' + HexFormat.of().formatHex(md5) + '"');
    for (Headers.Header line : call.headers().lines()) {
      if (ObjectAttributes.isChecksum(line.name())) {
        reply = reply.with(line.name().toLowerCase(Locale.ROOT), line.value().strip());
      }
    }
    return reply;
  }

  private static Answer.Failed failed(String code, String message) {
    return new Answer.Failed(400, code, message);
  }
}
