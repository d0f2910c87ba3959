package dev.gatehouse.example.image;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code POST /invocations}. Blocking; each request has a virtual thread of its own. */
final class Invocations {

  /** Bytes of an image file at most. */
  static final int MAX_IMAGE = 20 * 1024 * 1024;

  /** Images that are in memory at a time; the other requests wait. */
  private static final int AT_A_TIME = 2;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Bucket bucket;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  Invocations(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * What a client asks for.
   *
   * @param image key of the image
   * @param result key to store the result under; {@code grey/} and the image's key unless given
   */
  record Invocation(@Nullable String image, @Nullable String result) {}

  /** What a client gets. */
  record Done(String image, String result, int width, int height, int bytes) {}

  /**
   * Processes the image that the request names.
   *
   * @throws Refusal where that can't be done
   */
  String handle(byte[] request) {
    Invocation invocation = read(request);
    String image = key("image", invocation.image());
    String result =
        invocation.result() == null ? "grey/" + image : key("result", invocation.result());
    turns.acquireUninterruptibly();
    try {
      Transformation.Result made = Transformation.apply(bucket.read(image, MAX_IMAGE));
      bucket.store(result, made.png());
      return JSON.writeValueAsString(
          new Done(image, result, made.width(), made.height(), made.png().length));
    } finally {
      turns.release();
    }
  }

  private static Invocation read(byte[] request) {
    try {
      Invocation invocation = JSON.readValue(request, Invocation.class);
      if (invocation != null) {
        return invocation;
      }
    } catch (JacksonException e) {
      throw new Refusal(400, wanted(), e);
    }
    throw new Refusal(400, wanted());
  }

  private static String wanted() {
    return "send a JSON object: {\"image\": KEY, \"result\": KEY}";
  }

  private static String key(String member, @Nullable String key) {
    if (key == null || key.isBlank() || key.length() > 1024) {
      throw new Refusal(400, "\"" + member + "\" must be the key of an object");
    }
    return key;
  }
}
