package dev.gatehouse.objects;

import dev.gatehouse.identity.Authentication;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.FormAuthentication;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.sigv4.Payload;
import dev.gatehouse.wire.sigv4.PayloadChecks;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostObject: a web page's form sends a file, allowed by the policy that the form brings signed.
 * The file gathers first, since a form does not say how long it is, and then is put like any other.
 */
record FormUpload(Authenticator authenticator, Incoming incoming) {
  private static final long MOST_BYTES = 5L * 1024 * 1024 * 1024;
  private static final Set<String> PLAIN =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");

  /** How an object is put that a caller has been found for. */
  interface Putting {
    Answer put(HttpCall call, S3Target.Accepted target, Caller caller) throws IOException;
  }

  /** Whether a call is one: no other is a POST to a bucket without a query. */
  static boolean is(HttpCall call, S3Target.Accepted target) {
    return call.method().equals("POST")
        && target.isBucket()
        && !target.bucket().isEmpty()
        && call.rawQuery().isEmpty()
        && call.headers().first("Authorization").isEmpty();
  }

  Answer answer(HttpCall call, S3Target.Accepted target, Putting putting) throws IOException {
    Optional<String> boundary = call.headers().first("Content-Type").flatMap(FormReader::boundary);
    if (boundary.isEmpty()) {
      return new Answer.Failed(
          412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold",
          Map.of("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
    }
    try {
      return answer(call, target, new FormReader(call.body(), boundary.get()), putting);
    } catch (FormReader.Malformed e) {
      return new Answer.Failed(
          400,
          "MalformedPOSTRequest",
          "The body of your POST request is not well-formed multipart/form-data.");
    } catch (FormReader.TooLong e) {
      return new Answer.Failed(
          400,
          "MaxPostPreDataLengthExceeded",
          "Your POST request fields preceding the upload file were too large.");
    }
  }

  private Answer answer(HttpCall call, S3Target.Accepted target, FormReader reader, Putting putting)
      throws IOException {
    Optional<FormReader.Fields> read = reader.fields();
    if (read.isEmpty()) {
      return Answer.invalidArgument(
          "file", "0", "POST requires exactly one file upload per request.");
    }
    Map<String, String> fields = new HashMap<>(read.get().fields());
    String key = fields.getOrDefault("key", "");
    if (key.isEmpty()) {
      return Answer.invalidArgument(
          "key",
          "",
          "Bucket POST must contain a field named 'key'.  If it is specified, please check the"
              + " order of the fields.");
    }
    fields.replaceAll((_, value) -> value.replace("${filename}", read.get().filename()));
    return switch (authenticator.authenticateForm(fields, target.bucket())) {
      case FormAuthentication.Refused(
              Authentication.Refused(int status, String code, String message, var more)) ->
          new Answer.Failed(status, code, message, more);
      case FormAuthentication.Authenticated known ->
          gathered(call, target, reader, fields, known, putting);
    };
  }

  private Answer gathered(
      HttpCall call,
      S3Target.Accepted target,
      FormReader reader,
      Map<String, String> fields,
      FormAuthentication.Authenticated known,
      Putting putting)
      throws IOException {
    Path file = incoming.file();
    try {
      long most = Math.min(known.most(), MOST_BYTES);
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(
                  FileChannel.open(file, Incoming.NEW_FILE, Incoming.OWNER)))) {
        reader.file(out, most);
      } catch (FormReader.TooLong e) {
        return new Answer.Failed(
            400,
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
            Map.of("MaxSizeAllowed", "" + most));
      }
      long size = Files.size(file);
      if (size < known.least()) {
        return new Answer.Failed(
            400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      }
      try (InputStream body = Files.newInputStream(file)) {
        return put(call, target, fields, known.caller(), body, size, putting);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Answer put(
      HttpCall call,
      S3Target.Accepted bucket,
      Map<String, String> fields,
      Caller caller,
      InputStream body,
      long size,
      Putting putting)
      throws IOException {
    String path = "/" + bucket.bucket() + "/" + fields.getOrDefault("key", "");
    HttpCall put =
        PayloadChecks.apply(
            new HttpCall(
                "PUT",
                UriText.encode(path),
                headers(fields),
                body,
                size,
                call.peer(),
                call.secure()),
            new Payload.Unsigned(),
            () -> {
              throw new IllegalStateException("nothing is signed in chunks");
            });
    return switch (S3Target.parse(put, Optional.empty())) {
      case S3Target.Refused(Answer.Failed failed) -> failed;
      case S3Target.Accepted target -> {
        Answer answer = putting.put(put, target, caller);
        yield answer instanceof Answer.Passed(HttpReply reply) && reply.status() == 200
            ? FormSuccess.of(call, target, fields, reply)
            : answer;
      }
    };
  }

  private static Headers headers(Map<String, String> fields) {
    List<Headers.Header> lines = new ArrayList<>();
    fields.forEach((name, value) -> {
      String bytes =
          new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      if (name.equals("acl")) {
        lines.add(new Headers.Header("x-amz-acl", bytes));
      } else if (name.equals("tagging")) {
        lines.add(new Headers.Header("x-amz-form-tagging", "")); // which nothing takes
      } else if (PLAIN.contains(name) || isOfObject(name)) {
        lines.add(new Headers.Header(name, bytes));
      }
    });
    return new Headers(lines);
  }

  /** What is said of the object, and not of the signature. */
  private static boolean isOfObject(String name) {
    return name.startsWith("x-amz-")
        && !Set.of(
                "x-amz-algorithm",
                "x-amz-credential",
                "x-amz-date",
                "x-amz-security-token",
                "x-amz-signature")
            .contains(name);
  }
}
