package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** CopyObject: S3Proxy copies, and the tags, which it does not know, follow. */
record Copying(ObjectFiles files, Forwarding forwarding) {
  private static final String DIRECTIVE = "x-amz-tagging-directive";

  /** The answer; empty where the call copies no whole object. */
  Optional<Answer> answer(HttpCall call, S3Target.Accepted target) throws IOException {
    Optional<Path> source = source(call);
    if (!call.method().equals("PUT")
        || source.isEmpty()
        || !target.query().isEmpty()
        || target.key().endsWith("/")
        || !files.supported()) {
      return Optional.empty();
    }
    boolean replace = replaces(call, DIRECTIVE);
    if (replace && ObjectTags.said(call) instanceof Tags.Bad(Answer.Failed failed)) {
      return Optional.of(failed);
    }
    Tags tags = replace ? said(call) : kept(source.get());
    Answer answer = forwarding.forward(untagged(call), target);
    Path copy = files.file(target.bucket(), target.key());
    if (answer instanceof Answer.Passed(HttpReply reply)
        && reply.status() == 200
        && Files.isRegularFile(copy)) {
      ObjectTags.write(copy, tags);
      if (!replaces(call, "x-amz-metadata-directive")) {
        ObjectAttributes.copyExpires(source.get(), copy); // S3Proxy copies all but this
      }
    }
    return Optional.of(answer);
  }

  private static boolean replaces(HttpCall call, String directive) {
    return call.headers().first(directive).filter("REPLACE"::equalsIgnoreCase).isPresent();
  }

  private static Tags said(HttpCall call) {
    return ObjectTags.said(call) instanceof Tags.Good(Tags tags) ? tags : Tags.NONE;
  }

  private static Tags kept(Path source) throws IOException {
    return Files.isRegularFile(source) ? ObjectTags.read(source) : Tags.NONE;
  }

  private Optional<Path> source(HttpCall call) {
    return S3Target.copySource(call)
        .map(name -> name.substring(1))
        .filter(name -> name.indexOf('/') > 0)
        .map(name ->
            files.file(
                name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1)));
  }

  private static HttpCall untagged(HttpCall call) {
    return call.with(call.headers().without(DIRECTIVE).without(ObjectTags.HEADER));
  }
}
