package dev.gatehouse.objects;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * DeleteObjects: each key is judged by itself, as on S3 [C], and S3Proxy deletes those that the
 * caller may delete. A key that could not be stored is not there, and so is deleted like any other
 * that is not.
 */
record Deletions(Rights rights, Forwarding forwarding) {
  private static final int MOST_KEYS = 1000;
  private static final int MAX_DOCUMENT = 8 * 1024 * 1024;

  /** A key of the document, and why it stays. */
  private record Doomed(String key, boolean versioned, Optional<Answer.Failed> kept) {}

  Answer answer(HttpCall call, S3Target.Accepted target, Caller caller) throws IOException {
    Optional<Element> root = XmlText.root(SmallBody.read(call, MAX_DOCUMENT), "Delete");
    List<Element> objects = root.map(it -> XmlText.elements(it, "Object")).orElse(List.of());
    if (root.isEmpty() || objects.isEmpty() || objects.size() > MOST_KEYS) {
      return Answer.malformedXml();
    }
    List<Doomed> all = new ArrayList<>();
    for (Element object : objects) {
      List<String> keys = XmlText.texts(object, "Key");
      if (keys.size() != 1 || keys.getFirst().isEmpty()) {
        return Answer.malformedXml();
      }
      all.add(judged(target.bucket(), keys.getFirst(), XmlText.texts(object, "VersionId"), caller));
    }
    Answer deleted = delete(call, target, all);
    if (!(deleted instanceof Answer.Passed(HttpReply reply)) || reply.status() != 200) {
      return deleted;
    }
    boolean quiet = XmlText.texts(root.get(), "Quiet").stream().anyMatch("true"::equals);
    return BucketFacet.xml(document(all, quiet));
  }

  private Doomed judged(String bucket, String key, List<String> versions, Caller caller) {
    boolean versioned = !versions.isEmpty();
    Optional<Answer.Failed> kept =
        rights.denied(caller, List.of(S3Action.delete(bucket, key, versioned)));
    if (kept.isEmpty() && versioned && !versions.getFirst().equals("null")) {
      kept =
          Optional.of(
              new Answer.Failed(404, "NoSuchVersion", "The specified version does not exist."));
    }
    return new Doomed(key, versioned, kept);
  }

  private Answer delete(HttpCall call, S3Target.Accepted target, List<Doomed> all)
      throws IOException {
    StringBuilder xml = new StringBuilder("<Delete><Quiet>true</Quiet>");
    int count = 0;
    for (Doomed doomed : all) {
      boolean there = ObjectNames.check("/" + target.bucket() + "/" + doomed.key()).isEmpty();
      if (there && doomed.kept().isEmpty()) {
        xml.append("<Object><Key>").append(XmlText.escaped(doomed.key())).append("</Key></Object>");
        count++;
      }
    }
    if (count == 0) {
      return new Answer.Passed(HttpReply.empty(200));
    }
    byte[] body = xml.append("</Delete>").toString().getBytes(StandardCharsets.UTF_8);
    String md5 = Base64.getEncoder().encodeToString(SmallBody.md5().digest(body));
    Headers headers = Headers.of("Content-Type", "application/xml", "Content-MD5", md5);
    HttpCall shorter = call.with(headers).with(body);
    Answer answer = forwarding.forward(shorter, target);
    if (answer instanceof Answer.Passed(HttpReply reply)
        && reply.status() == 200
        && reply.content() instanceof HttpReply.Stream(InputStream stream, long _)) {
      stream.close();
    }
    return answer;
  }

  private static String document(List<Doomed> all, boolean quiet) {
    StringBuilder xml = new StringBuilder(256);
    xml.append("<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for (Doomed doomed : all) {
      String key = "<Key>" + XmlText.escaped(doomed.key()) + "</Key>";
      if (doomed.kept().isPresent()) {
        Answer.Failed why = doomed.kept().get();
        xml.append("<Error>").append(key).append("<Code>").append(why.code());
        xml.append("</Code><Message>").append(XmlText.escaped(why.message()));
        xml.append("</Message></Error>");
      } else if (!quiet) {
        xml.append("<Deleted>").append(key);
        xml.append(doomed.versioned() ? "<VersionId>null</VersionId>" : "").append("</Deleted>");
      }
    }
    return xml.append("</DeleteResult>").toString();
  }
}
