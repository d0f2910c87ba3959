package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** S3Proxy's errors in S3's words: its codes are right, its texts and members are not always. */
final class ProxyRefusal {
  private static final int MAX_DOCUMENT = 64 * 1024;

  private static final String COPY_TO_ITSELF =
      "This copy request is illegal because it is trying to copy an object to itself without"
          + " changing the object's metadata, storage class, website redirect location or"
          + " encryption attributes.";

  private static final Map<String, String> TEXTS =
      Map.of(
          "InvalidPart",
          "One or more of the specified parts could not be found. The part may not have been"
              + " uploaded, or the specified entity tag may not match the part's entity tag.",
          "InvalidPartOrder",
          "The list of parts was not in ascending order. Parts must be ordered by part number.",
          "EntityTooSmall",
          "Your proposed upload is smaller than the minimum allowed size");

  private ProxyRefusal() {}

  /** The answer, as S3 would give it. */
  static Answer told(Answer answer, HttpCall call, S3Target.Accepted target) throws IOException {
    if (!(answer instanceof Answer.Passed(HttpReply reply)) || reply.status() < 400) {
      return answer;
    }
    if (call.method().equals("HEAD")) {
      return reply.status() == 404 && !target.isBucket() ? Answer.noSuchKey(target.key()) : answer;
    }
    if (!(reply.content() instanceof HttpReply.Stream(InputStream stream, long _))) {
      return answer;
    }
    byte[] document;
    try (stream) {
      document = stream.readNBytes(MAX_DOCUMENT);
    }
    if (reply.status() == 501) {
      return Answer.notBuilt(named(call, target));
    }
    Optional<Element> error = XmlText.root(document, "Error");
    return reworded(
        new Answer.Failed(
            reply.status(),
            error.map(it -> text(it, "Code")).orElse("InternalError"),
            error.map(it -> text(it, "Message")).orElse("")),
        call,
        target);
  }

  /** The call's action and what it says of S3's own: one of these is what is missing. */
  private static String named(HttpCall call, S3Target.Accepted target) {
    String action = S3Action.of(call, target).getFirst().action().substring("s3:".length());
    String headers =
        ForwardedHeaders.request(call.headers()).lines().stream()
            .map(Headers.Header::name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("x-amz-"))
            .collect(Collectors.joining(", "));
    String query = String.join(", ", target.parameters().keySet());
    String more =
        Stream.of(query, headers).filter(it -> !it.isEmpty()).collect(Collectors.joining(", "));
    return more.isEmpty() ? action : action + " with " + more;
  }

  private static Answer.Failed reworded(
      Answer.Failed failed, HttpCall call, S3Target.Accepted target) {
    Optional<S3Target.Accepted> source =
        S3Target.copySource(call).map(name -> new S3Target.Accepted(name, "", false));
    return switch (failed.code()) {
      case "NoSuchUpload" -> Answer.noSuchUpload();
      case "NoSuchBucket" -> Answer.noSuchBucket(source.orElse(target).bucket());
      case Answer.NO_SUCH_KEY -> Answer.noSuchKey(source.orElse(target).key());
      case "BucketNotEmpty" ->
          new Answer.Failed(
              failed.status(),
              failed.code(),
              failed.message(),
              Map.of("BucketName", target.bucket()));
      case "InvalidRequest" ->
          new Answer.Failed(
              failed.status(),
              failed.code(),
              source.map(it -> it.name().equals(target.name())).orElse(false)
                  ? COPY_TO_ITSELF
                  : failed.message());
      default ->
          new Answer.Failed(
              failed.status(), failed.code(), TEXTS.getOrDefault(failed.code(), failed.message()));
    };
  }

  private static String text(Element error, String name) {
    return XmlText.texts(error, name).stream().findFirst().orElse("");
  }
}
