package dev.gatehouse.objects;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** A page of a list, as S3 writes it for each of its three calls [C]. */
final class ListDocument {
  private static final String SPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** There is one owner of all, the one that S3Proxy names. */
  private static final String OWNER =
      "<Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>";

  private final ListQuery query;
  private final Listing.Page page;
  private final StringBuilder xml = new StringBuilder(1024);

  private ListDocument(ListQuery query, Listing.Page page) {
    this.query = query;
    this.page = page;
  }

  static String of(String bucket, ListQuery query, Listing.Page page) {
    ListDocument document = new ListDocument(query, page);
    String root =
        query.kind() == ListQuery.Kind.VERSIONS ? "ListVersionsResult" : "ListBucketResult";
    document.xml.append('<').append(root).append(SPACE);
    document.text("Name", bucket);
    document.name("Prefix", query.prefix());
    switch (query.kind()) {
      case FIRST -> document.first();
      case SECOND -> document.second();
      case VERSIONS -> document.versions();
    }
    document.text("MaxKeys", "" + query.most());
    if (!query.delimiter().isEmpty()) {
      document.name("Delimiter", query.delimiter());
    }
    if (query.encoded()) {
      document.text("EncodingType", "url");
    }
    document.text("IsTruncated", "" + page.truncated());
    page.entries().forEach(document::entry);
    return document.xml.append("</").append(root).append('>').toString();
  }

  private String last() {
    return page.entries().getLast().name();
  }

  private boolean isCut() {
    return page.truncated() && !page.entries().isEmpty();
  }

  /** The next marker is told only where there is a delimiter [C]. */
  private void first() {
    name("Marker", given("marker"));
    if (isCut() && !query.delimiter().isEmpty()) {
      name("NextMarker", last());
    }
  }

  private void second() {
    Map<String, String> asked = query.parameters();
    if (asked.containsKey("start-after")) {
      name("StartAfter", given("start-after"));
    }
    if (asked.containsKey("continuation-token")) {
      text("ContinuationToken", given("continuation-token"));
    }
    if (isCut()) {
      text("NextContinuationToken", ListQuery.token(last()));
    }
    text("KeyCount", "" + page.entries().size());
  }

  private void versions() {
    name("KeyMarker", given("key-marker"));
    text("VersionIdMarker", given("version-id-marker"));
    if (isCut()) {
      name("NextKeyMarker", last());
      if (page.entries().getLast() instanceof Listing.Key) {
        text("NextVersionIdMarker", "null");
      }
    }
  }

  private String given(String parameter) {
    return query.parameters().getOrDefault(parameter, "");
  }

  private void entry(Listing.Entry entry) {
    switch (entry) {
      case Listing.Prefix(String name) -> {
        xml.append("<CommonPrefixes>");
        name("Prefix", name);
        xml.append("</CommonPrefixes>");
      }
      case Listing.Key(String name, ObjectFile object) -> object(name, object);
    }
  }

  /** A bucket that never had versions has one of each object, {@code null} [C]. */
  private void object(String key, ObjectFile object) {
    boolean version = query.kind() == ListQuery.Kind.VERSIONS;
    xml.append(version ? "<Version>" : "<Contents>");
    name("Key", key);
    if (version) {
      text("VersionId", "null");
      text("IsLatest", "true");
    }
    text("LastModified", time(object.modified()));
    if (!object.attributes().tag().isEmpty()) {
      text("ETag", object.attributes().tag());
    }
    text("Size", "" + object.size());
    boolean owner = query.kind() != ListQuery.Kind.SECOND || given("fetch-owner").equals("true");
    xml.append(owner ? OWNER : "");
    text("StorageClass", object.attributes().storageClass());
    xml.append(version ? "</Version>" : "</Contents>");
  }

  private static String time(Instant at) {
    return TIME.format(at.truncatedTo(ChronoUnit.SECONDS));
  }

  private void name(String element, String name) {
    text(element, query.encoded() ? UriText.encode(name) : name);
  }

  private void text(String element, String text) {
    xml.append('<').append(element).append('>').append(XmlText.escaped(text));
    xml.append("</").append(element).append('>');
  }
}
