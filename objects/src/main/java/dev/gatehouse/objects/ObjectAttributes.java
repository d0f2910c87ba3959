package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is said about an object, in extended attributes of its file: those of S3Proxy's file-system
 * back end, which reads what we write and writes what we read. Text is as in {@code HttpCall}, one
 * character a byte.
 *
 * @param tag in quotes; empty where the file has none
 * @param headers as S3 answers with them
 * @param checksums those that are told where a call asks for them
 */
record ObjectAttributes(String tag, Headers headers, Headers checksums) {
  private static final String STORAGE_HEADER = "x-amz-storage-class";
  private static final String MD5 = "user.content-md5";
  private static final String TYPE = "user.content-type";
  private static final String EXPIRES = "user.expires";
  private static final String STORAGE = "user.storage-tier";
  private static final String METADATA = "user.user-metadata.";
  private static final String CHECKSUM = "s3proxy_checksum_";
  private static final String META_HEADER = "x-amz-meta-";
  private static final String CHECKSUM_HEADER = "x-amz-checksum-";
  private static final Set<String> CHECKSUMS =
      Set.of(
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256");
  private static final int MD5_BYTES = 16;

  /** S3's for an object that was stored without one [C]. */
  private static final String DEFAULT_TYPE = "binary/octet-stream";

  private static final Map<String, String> PLAIN =
      Map.of(
          "user.cache-control",
          "Cache-Control",
          "user.content-disposition",
          "Content-Disposition",
          "user.content-encoding",
          "Content-Encoding",
          "user.content-language",
          "Content-Language",
          TYPE,
          "Content-Type");

  static ObjectAttributes read(Path file) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    List<Headers.Header> headers = new ArrayList<>();
    List<Headers.Header> checksums = new ArrayList<>();
    String tag = "";
    boolean typed = false;
    for (String name : view.list()) {
      byte[] value = value(view, name);
      typed |= name.equals(TYPE);
      if (name.equals(MD5)) {
        tag = tag(value);
      } else if (name.startsWith(METADATA + CHECKSUM)) {
        String algorithm = name.substring(METADATA.length() + CHECKSUM.length());
        checksums.add(new Headers.Header(CHECKSUM_HEADER + algorithm, text(value)));
      } else {
        add(headers, name, value);
      }
    }
    if (!typed) {
      headers.add(new Headers.Header("Content-Type", DEFAULT_TYPE));
    }
    return new ObjectAttributes(tag, new Headers(headers), new Headers(checksums));
  }

  /** The hash of an object that came whole; a text for one that was put together. */
  private static String tag(byte[] value) {
    return '"'
        + (value.length == MD5_BYTES
            ? HexFormat.of().formatHex(value)
            : text(value).replace("\"", ""))
        + '"';
  }

  /** S3 does not say it in a header where it is this one [C]. */
  String storageClass() {
    return headers.first(STORAGE_HEADER).orElse("STANDARD");
  }

  /** Whether a folder was stored as an object, its key ending in a slash. */
  static boolean isObject(Path folder) throws IOException {
    return view(folder).list().contains(MD5);
  }

  static boolean isChecksum(String header) {
    return CHECKSUMS.contains(header.toLowerCase(Locale.ROOT));
  }

  private static void add(List<Headers.Header> headers, String name, byte[] value) {
    String plain = PLAIN.get(name);
    if (plain != null) {
      headers.add(new Headers.Header(plain, text(value)));
    } else if (name.equals(EXPIRES) && value.length == Long.BYTES) {
      Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(value).getLong());
      headers.add(new Headers.Header("Expires", HttpDate.text(at)));
    } else if (name.equals(STORAGE) && !text(value).equals("STANDARD")) {
      headers.add(new Headers.Header(STORAGE_HEADER, text(value)));
    } else if (name.equals(ObjectTags.NAME)) {
      long count = text(value).chars().filter(c -> c == '&').count() + 1;
      headers.add(new Headers.Header("x-amz-tagging-count", Long.toString(count)));
    } else if (name.startsWith(METADATA)) {
      String key = name.substring(METADATA.length()).toLowerCase(Locale.ROOT); // S3Proxy keeps it
      headers.add(new Headers.Header(META_HEADER + key, text(value)));
    }
  }

  /** Writes what a call says about the object that it brings. */
  static void write(Path file, Headers said, byte[] md5) throws IOException {
    UserDefinedFileAttributeView view = view(file);
    Map<String, byte[]> values = new LinkedHashMap<>();
    values.put(MD5, md5);
    PLAIN.forEach(
        (name, header) -> said.first(header).ifPresent(it -> values.put(name, bytes(it))));
    said.first("Expires")
        .flatMap(HttpDate::parse)
        .ifPresent(at ->
            values.put(
                EXPIRES, ByteBuffer.allocate(Long.BYTES).putLong(at.toEpochMilli()).array()));
    for (Headers.Header line : said.lines()) {
      String name = line.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(META_HEADER)) {
        String key = name.substring(META_HEADER.length());
        if (!key.startsWith(CHECKSUM)) { // so no client can make one up
          String all = String.join(",", said.all(line.name()));
          values.put(METADATA + key, bytes(all));
        }
      } else if (isChecksum(name)) {
        String algorithm = name.substring(CHECKSUM_HEADER.length());
        values.put(METADATA + CHECKSUM + algorithm, bytes(line.value().strip()));
      }
    }
    for (Map.Entry<String, byte[]> value : values.entrySet()) {
      view.write(value.getKey(), ByteBuffer.wrap(value.getValue()));
    }
  }

  /** When an object expires is told of its copy, too. */
  static void copyExpires(Path from, Path to) throws IOException {
    UserDefinedFileAttributeView view = view(from);
    if (view.list().contains(EXPIRES)) {
      view(to).write(EXPIRES, ByteBuffer.wrap(value(view, EXPIRES)));
    }
  }

  private static UserDefinedFileAttributeView view(Path file) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw new IOException("the file system keeps no attributes: " + file);
    }
    return view;
  }

  private static byte[] value(UserDefinedFileAttributeView view, String name) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(view.size(name));
    view.read(name, value);
    return value.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
