package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;

/** The tags of objects, in an attribute of their files; a new object has none of the old one's. */
final class ObjectTags {
  static final String HEADER = "x-amz-tagging";
  static final String NAME = "user.gatehouse-tags";
  private static final int MAX_DOCUMENT = 16 * 1024;

  private ObjectTags() {}

  /** GetObjectTagging, PutObjectTagging, DeleteObjectTagging of an object that is there. */
  static Answer answer(HttpCall call, Path file) throws IOException {
    return switch (call.method()) {
      case "GET" ->
          new Answer.Passed(
              new HttpReply(
                  200,
                  Headers.of("Content-Type", "application/xml"),
                  new HttpReply.Bytes(read(file).xml())));
      case "DELETE" -> {
        write(file, Tags.NONE);
        yield new Answer.Passed(HttpReply.empty(204));
      }
      default ->
          switch (Tags.parse(SmallBody.read(call, MAX_DOCUMENT), Tags.MOST_OF_OBJECT)) {
            case Tags.Bad(Answer.Failed failed) -> failed;
            case Tags.Good(Tags tags) -> {
              write(file, tags);
              yield new Answer.Passed(HttpReply.empty(200));
            }
          };
    };
  }

  /** What a call says that its object is tagged with. */
  static Tags.Read said(HttpCall call) {
    return Tags.parse(call.headers().first(HEADER).orElse(""));
  }

  static Tags read(Path file) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    if (!view.list().contains(NAME)) {
      return Tags.NONE;
    }
    ByteBuffer value = ByteBuffer.allocate(view.size(NAME));
    view.read(NAME, value);
    String query = new String(value.array(), StandardCharsets.US_ASCII);
    return Tags.parse(query) instanceof Tags.Good(Tags tags) ? tags : Tags.NONE;
  }

  static void write(Path file, Tags tags) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    if (!tags.values().isEmpty()) {
      view.write(NAME, ByteBuffer.wrap(tags.query().getBytes(StandardCharsets.US_ASCII)));
    } else if (view.list().contains(NAME)) {
      view.delete(NAME);
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return Objects.requireNonNull(
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class),
        "the file system keeps attributes");
  }
}
