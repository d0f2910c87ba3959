package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads in parts: S3Proxy takes the parts and puts them together. It does not ask whether there
 * is an upload where a part comes for one, and knows no tags: these wait at the file by which it
 * knows the upload.
 */
record Uploads(ObjectFiles files, Forwarding forwarding) {
  private static final int MAX_DOCUMENT = 64 * 1024;

  /** The answer; empty where the call is about no upload, or S3Proxy has it. */
  Optional<Answer> answer(HttpCall call, S3Target.Accepted target) throws IOException {
    Map<String, String> query = target.parameters();
    if (target.isBucket() || !files.supported()) {
      return Optional.empty();
    }
    if (query.containsKey("uploads") && call.method().equals("POST")) {
      return Optional.of(begin(call, target));
    }
    String id = query.get("uploadId");
    if (id == null) {
      return Optional.empty();
    }
    Path upload = upload(target, id);
    boolean there = Files.isRegularFile(upload);
    return switch (call.method()) {
      case "PUT", "GET" -> there ? Optional.empty() : Optional.of(missing(target));
      case "POST" -> Optional.of(complete(call, target, there ? tags(upload) : Tags.NONE));
      default -> Optional.empty();
    };
  }

  private Answer missing(S3Target.Accepted target) {
    return files.isBucket(target.bucket())
        ? Answer.noSuchUpload()
        : Answer.noSuchBucket(target.bucket());
  }

  private Path upload(S3Target.Accepted target, String id) {
    return files.file(target.bucket(), ".mpus-" + id + "-" + target.key() + "-stub");
  }

  private Answer begin(HttpCall call, S3Target.Accepted target) throws IOException {
    Tags.Read said = ObjectTags.said(call);
    if (said instanceof Tags.Bad(Answer.Failed failed)) {
      return failed;
    }
    Answer answer =
        forwarding.forward(call.with(call.headers().without(ObjectTags.HEADER)), target);
    if (!(said instanceof Tags.Good(Tags tags)) || tags.values().isEmpty()) {
      return answer;
    }
    if (!(answer instanceof Answer.Passed(HttpReply reply)) || reply.status() != 200) {
      return answer;
    }
    String document = text(reply);
    String id = document.replaceAll("(?s).*<UploadId>([^<]*)</UploadId>.*", "$1");
    ObjectTags.write(upload(target, id), tags);
    return held(reply, document);
  }

  private static Tags tags(Path upload) throws IOException {
    return ObjectTags.read(upload);
  }

  /** S3Proxy names a location of AWS's, which is nowhere. */
  private Answer complete(HttpCall call, S3Target.Accepted target, Tags tags) throws IOException {
    Answer answer = forwarding.forward(call, target);
    if (!(answer instanceof Answer.Passed(HttpReply reply)) || reply.status() != 200) {
      return answer;
    }
    String document = text(reply);
    Path object = files.file(target.bucket(), target.key());
    if (!tags.values().isEmpty() && Files.isRegularFile(object)) {
      ObjectTags.write(object, tags);
    }
    String location =
        (call.secure() ? "https://" : "http://")
            + call.headers().first("Host").orElse("")
            + call.rawPath();
    int from = document.indexOf("<Location>");
    int to = document.indexOf("</Location>");
    return held(
        reply,
        from < 0 || to < from
            ? document
            : document.substring(0, from)
                + "<Location>"
                + XmlText.escaped(location)
                + document.substring(to));
  }

  private static String text(HttpReply reply) throws IOException {
    if (!(reply.content() instanceof HttpReply.Stream(InputStream stream, long _))) {
      return "";
    }
    try (stream) {
      return new String(stream.readNBytes(MAX_DOCUMENT), StandardCharsets.UTF_8);
    }
  }

  private static Answer held(HttpReply reply, String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return new Answer.Passed(
        new HttpReply(reply.status(), reply.headers(), new HttpReply.Bytes(bytes)));
  }
}
