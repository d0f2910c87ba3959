package dev.gatehouse.objects;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** The tags of a bucket or of an object, in the order they were given. */
record Tags(Map<String, String> values) {
  static final Tags NONE = new Tags(Map.of());

  /** S3's for a bucket, and for an object [C]. */
  static final int MOST_OF_BUCKET = 50;

  static final int MOST_OF_OBJECT = 10;

  private static final int MOST_KEY = 128;
  private static final int MOST_VALUE = 256;

  Tags {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What a text comes to. */
  sealed interface Read {}

  record Good(Tags tags) implements Read {}

  record Bad(Answer.Failed failed) implements Read {}

  /** Reads a {@code Tagging} document. */
  static Read parse(byte[] xml, int most) {
    Optional<Element> root = XmlText.root(xml, "Tagging");
    if (root.isEmpty()) {
      return new Bad(Answer.malformedXml());
    }
    Map<String, String> values = new LinkedHashMap<>();
    int count = 0;
    for (Element set : XmlText.elements(root.get(), "TagSet")) {
      for (Element tag : XmlText.elements(set, "Tag")) {
        var keys = XmlText.texts(tag, "Key");
        var texts = XmlText.texts(tag, "Value");
        if (keys.size() != 1 || texts.size() != 1) {
          return new Bad(Answer.malformedXml());
        }
        values.put(keys.getFirst(), texts.getFirst());
        count++;
      }
    }
    return judge(values, count, most);
  }

  /** Reads the form that {@code x-amz-tagging} has: that of a query. */
  static Read parse(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    int count = 0;
    for (String part : query.split("&")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        Optional<String> key = decoded(equals < 0 ? part : part.substring(0, equals));
        Optional<String> value = decoded(equals < 0 ? "" : part.substring(equals + 1));
        if (key.isEmpty() || value.isEmpty()) {
          return bad(
              "InvalidArgument",
              "The header 'x-amz-tagging' shall be encoded as UTF-8 then"
                  + " URLEncoded URL query parameters without tag name duplicates.");
        }
        values.put(key.get(), value.get());
        count++;
      }
    }
    return judge(values, count, MOST_OF_OBJECT);
  }

  private static Optional<String> decoded(String text) {
    return UriText.decode(text.replace('+', ' '));
  }

  private static Read judge(Map<String, String> values, int count, int most) {
    if (count != values.size()) {
      return bad("InvalidTag", "Cannot provide multiple Tags with the same key");
    }
    if (count > most) {
      return most == MOST_OF_OBJECT
          ? bad("BadRequest", "Object tags cannot be greater than " + most)
          : bad("InvalidTag", "Bucket tag count cannot be greater than " + most);
    }
    if (!fits(values.keySet(), 1, MOST_KEY)) {
      return bad("InvalidTag", "The TagKey you have provided is invalid");
    }
    if (!fits(values.values(), 0, MOST_VALUE)) {
      return bad("InvalidTag", "The TagValue you have provided is invalid");
    }
    if (values.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
      return bad("InvalidTag", "System tags cannot be added/updated by requester");
    }
    return new Good(new Tags(values));
  }

  private static boolean fits(Collection<String> texts, int least, int most) {
    return texts.stream()
        .allMatch(text ->
            text.length() >= least
                && text.length() <= most
                && text.chars().noneMatch(c -> c < ' ' || c == 0x7f));
  }

  private static Read bad(String code, String message) {
    return new Bad(new Answer.Failed(400, code, message));
  }

  /** The form that is kept with an object. */
  String query() {
    return values.entrySet().stream()
        .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return UriText.encode(text).replace("/", "%2F");
  }

  byte[] xml() {
    StringBuilder xml = new StringBuilder(256);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>");
    values.forEach((key, value) ->
        xml.append("<Tag><Key>")
            .append(XmlText.escaped(key))
            .append("</Key><Value>")
            .append(XmlText.escaped(value))
            .append("</Value></Tag>"));
    return xml.append("</TagSet></Tagging>").toString().getBytes(StandardCharsets.UTF_8);
  }
}
