package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers GET and HEAD of an object from its file. */
final class ObjectReads {
  /** What is not larger is read at once and written as one piece. */
  private static final int SMALL = 64 * 1024;

  /** What a URL may say about the headers that its answer has. */
  static final Map<String, String> OVERRIDES =
      Map.of(
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding",
          "response-content-language", "Content-Language",
          "response-content-type", "Content-Type",
          "response-expires", "Expires");

  private ObjectReads() {}

  /** The answer; the object is closed with it. */
  static Answer answer(HttpCall call, Map<String, String> query, ObjectFile object)
      throws IOException {
    boolean handedOn = false;
    try {
      Answer answer = decide(call, query, object);
      handedOn =
          answer instanceof Answer.Passed(HttpReply reply)
              && reply.content() instanceof HttpReply.Stream;
      return answer;
    } finally {
      if (!handedOn) {
        object.close();
      }
    }
  }

  private static Answer decide(HttpCall call, Map<String, String> query, ObjectFile object)
      throws IOException {
    String tag = object.attributes().tag();
    return switch (Precondition.of(call.headers(), tag, object.modified())) {
      case FAILED -> Answer.preconditionFailed();
      case NOT_MODIFIED -> new Answer.Passed(new HttpReply(304, validators(object), nothing()));
      case HOLDS -> whole(call, query, object);
    };
  }

  private static Answer whole(HttpCall call, Map<String, String> query, ObjectFile object)
      throws IOException {
    Optional<String> range =
        Precondition.sameForRange(call.headers(), object.attributes().tag(), object.modified())
            ? call.headers().first("Range")
            : Optional.empty();
    return switch (ByteRange.of(range, object.size())) {
      case ByteRange.Whole _ ->
          sent(200, checked(call, headers(object, query), object), object, all(object));
      case ByteRange.Part(ByteRange part) ->
          sent(
              206,
              headers(object, query).with("Content-Range", part.contentRange(object.size())),
              object,
              part);
      case ByteRange.Beyond _ ->
          new Answer.Failed(
              416, "InvalidRange", "The requested range is not satisfiable", beyond(range, object));
    };
  }

  private static Map<String, String> beyond(Optional<String> range, ObjectFile object) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("RangeRequested", range.orElse(""));
    more.put("ActualObjectSize", Long.toString(object.size()));
    return more;
  }

  private static ByteRange all(ObjectFile object) {
    return new ByteRange(0, object.size());
  }

  private static Headers validators(ObjectFile object) {
    Headers date = Headers.of("Last-Modified", HttpDate.text(object.modified()));
    String tag = object.attributes().tag();
    return tag.isEmpty() ? date : date.with("ETag", tag);
  }

  private static Headers headers(ObjectFile object, Map<String, String> query) {
    Headers headers = validators(object).with("Accept-Ranges", "bytes");
    for (Headers.Header line : object.attributes().headers().lines()) {
      headers = headers.with(line.name(), line.value());
    }
    for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
      String value = query.get(override.getKey());
      if (value != null) {
        String bytes =
            new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        headers = headers.without(override.getValue()).with(override.getValue(), bytes);
      }
    }
    return headers;
  }

  /** The checksum of all of an object does not describe a part of it [C]. */
  private static Headers checked(HttpCall call, Headers headers, ObjectFile object) {
    Headers checked = headers;
    if (call.headers().first("x-amz-checksum-mode").filter("ENABLED"::equals).isPresent()) {
      for (Headers.Header line : object.attributes().checksums().lines()) {
        checked =
            checked
                .with(line.name(), line.value())
                .with(
                    "x-amz-checksum-type",
                    line.value().contains("-") ? "COMPOSITE" : "FULL_OBJECT");
      }
    }
    return checked;
  }

  private static Answer sent(int status, Headers headers, ObjectFile object, ByteRange range)
      throws IOException {
    if (object.bytes().isEmpty()) {
      Headers sized = headers.with("Content-Length", Long.toString(range.length()));
      return new Answer.Passed(new HttpReply(status, sized, nothing()));
    }
    FileChannel file = object.bytes().get();
    if (range.length() > SMALL) {
      return new Answer.Passed(
          new HttpReply(
              status, headers, new HttpReply.Stream(new Excerpt(file, range), range.length())));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
    while (bytes.hasRemaining() && file.read(bytes, range.from() + bytes.position()) >= 0) {
      // reads on
    }
    if (bytes.hasRemaining()) {
      throw new IOException("the object ends before its size");
    }
    return new Answer.Passed(new HttpReply(status, headers, new HttpReply.Bytes(bytes.array())));
  }

  private static HttpReply.Content nothing() {
    return new HttpReply.Bytes(new byte[0]);
  }
}
