package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.net.URI;
import java.util.Map;

/** The answer to a form that was taken, as the form asked for it [C]. */
final class FormSuccess {
  private FormSuccess() {}

  static Answer of(
      HttpCall call, S3Target.Accepted target, Map<String, String> fields, HttpReply put) {
    String tag = put.headers().first("ETag").orElse("");
    String redirect =
        fields.getOrDefault("success_action_redirect", fields.getOrDefault("redirect", ""));
    String host = call.headers().first("Host").orElse("");
    String location =
        (call.secure() ? "https://" : "http://") + host + UriText.encode(target.name());
    if (isUrl(redirect)) {
      String query =
          "bucket="
              + target.bucket()
              + "&key="
              + UriText.encode(target.key()).replace("/", "%2F")
              + "&etag="
              + UriText.encode(tag);
      return new Answer.Passed(
          HttpReply.empty(303)
              .with("ETag", tag)
              .with("Location", redirect + (redirect.indexOf('?') < 0 ? "?" : "&") + query));
    }
    HttpReply reply =
        switch (fields.getOrDefault("success_action_status", "")) {
          case "200" -> HttpReply.empty(200);
          case "201" -> created(location, target, tag);
          default -> HttpReply.empty(204);
        };
    return new Answer.Passed(reply.with("ETag", tag).with("Location", location));
  }

  private static HttpReply created(String location, S3Target.Accepted target, String tag) {
    Answer.Passed document =
        BucketFacet.xml(
            "<PostResponse><Location>%s</Location><Bucket>%s</Bucket><Key>%s</Key><ETag>%s</ETag></PostResponse>"
                .formatted(
                    XmlText.escaped(location),
                    target.bucket(),
                    XmlText.escaped(target.key()),
                    XmlText.escaped(tag)));
    return new HttpReply(201, document.reply().headers(), document.reply().content());
  }

  /** What is no URL is as if it were not there [C]. */
  private static boolean isUrl(String text) {
    try {
      String scheme = text.isEmpty() ? null : URI.create(text).getScheme();
      return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
