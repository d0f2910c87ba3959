package dev.gatehouse.objects;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Who may do what, told as S3 tells it. */
record Rights(AccessCheck access) {

  /**
   * Why the caller may not do all of it; empty where it may. S3 writes the resource in quotes [C].
   */
  Optional<Answer.Failed> denied(Caller caller, List<S3Action> all) {
    for (S3Action needed : all) {
      try {
        access.require(caller, needed.action(), needed.resource(), needed.context());
      } catch (ServiceException denied) {
        String message =
            denied.message().replace(needed.resource() + " ", '"' + needed.resource() + "\" ");
        return Optional.of(new Answer.Failed(denied.status(), "AccessDenied", message));
      }
    }
    return Optional.empty();
  }

  /** Who may not list a bucket is not told either that it lacks a key [C]. */
  Answer hiding(Answer answer, Caller caller, HttpCall call, S3Target.Accepted target)
      throws IOException {
    if (!tellsOfNoKey(answer, target)) {
      return answer;
    }
    String bucket =
        S3Target.copySource(call)
            .map(source -> source.substring(1))
            .map(source -> source.substring(0, Math.max(0, source.indexOf('/'))))
            .orElse(target.bucket());
    Optional<Answer.Failed> denied = denied(caller, List.of(S3Action.list(bucket)));
    if (denied.isPresent() && answer instanceof Answer.Passed(HttpReply reply)) {
      if (reply.content() instanceof HttpReply.Stream stream) {
        stream.stream().close();
      }
    }
    return denied.isPresent() ? denied.get() : answer;
  }

  private static boolean tellsOfNoKey(Answer answer, S3Target.Accepted target) {
    return switch (answer) {
      case Answer.Failed failed -> failed.code().equals(Answer.NO_SUCH_KEY);
      case Answer.Passed(HttpReply reply) -> reply.status() == 404 && !target.isBucket();
    };
  }
}
