package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3TargetTest {

  private static S3Target parse(String target, String bucket, String... headers) {
    return S3Target.parse(
        new HttpCall(
            "GET",
            target,
            Headers.of(headers),
            InputStream.nullInputStream(),
            0,
            new InetSocketAddress("127.0.0.1", 1),
            false),
        Optional.ofNullable(bucket));
  }

  private static String text(S3Target target) {
    return ((S3Target.Accepted) target).text();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/photos, /photos",
    "/photos/, /photos/",
    "/photos/a%20b+c, /photos/a%20b%2Bc",
    "/photos/a%2Fb, /photos/a/b",
    "/photos/folder/, /photos/folder/",
    "/photos?list-type=2&prefix=a%2F, /photos?list-type=2&prefix=a%2F",
    "/photos?location, /photos?location",
    "/photos/k?X-Amz-Signature=0&versionId=1&x-id=GetObject, /photos/k?versionId=1",
  })
  void goodNamesAreSpelledInOneWay(String target, String forwarded) {
    assertThat(text(parse(target, null))).isEqualTo(forwarded);
  }

  @Test
  void theHostMayNameTheBucket() {
    assertThat(text(parse("/k", "photos"))).isEqualTo("/photos/k");
    assertThat(text(parse("/", "photos"))).isEqualTo("/photos/");
    assertThat(((S3Target.Accepted) parse("/", "photos")).isBucket()).isTrue();
    assertThat(((S3Target.Accepted) parse("/k", "photos")).isBucket()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/photos/..",
        "/photos/../other/k",
        "/photos/a/%2e%2e/b",
        "/photos/%2E%2E%2Fother",
        "/photos/..%2f..%2fetc/passwd",
        "/photos/./k",
        "/photos//k",
        "/photos/%2Fetc/passwd",
        "/photos/a%00b",
        "/photos/a%0Ab",
        "/photos/.mpus-1",
        "/../etc",
        "/..",
        "/.",
        "//etc",
        "/Upper/k",
        "/a/k",
        "/ab..cd/k",
        "/photos/%ff",
        "/photos/%zz",
        "/photos/%2",
        "http://elsewhere/photos/k",
        "*",
        "/photos?uploads&prefix=../",
        "/photos?prefix=%2Fetc&uploads=",
        "/photos?uploads=&marker=a/../../b",
        "/photos/k?uploadId=../../x",
        "/photos/k?uploadId=",
      })
  void namesThatLeadElsewhereAreRefused(String target) {
    assertThat(parse(target, null)).isInstanceOf(S3Target.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/photos/../x",
        "photos/%2e%2e/x",
        "../x",
        "/photos/%ff",
        "%",
        "photos/a%3Fb/../../x",
        "photos/a%3F/../../other/k?versionId=null"
      })
  void copiesComeFromGoodNamesOnly(String source) {
    assertThat(parse("/photos/k", null, "x-amz-copy-source", source))
        .isInstanceOf(S3Target.Refused.class);
  }

  @Test
  void aQuestionMarkOfAKeyIsNotTheEndOfIt() {
    assertThat(copySource("photos/a%3Fb%20c?versionId=null")).contains("/photos/a?b c");
    assertThat(copySource("/photos/k")).contains("/photos/k");
  }

  private static Optional<String> copySource(String header) {
    return S3Target.copySource(
        new HttpCall(
            "PUT",
            "/photos/k",
            Headers.of("x-amz-copy-source", header),
            InputStream.nullInputStream(),
            0,
            new InetSocketAddress("127.0.0.1", 1),
            false));
  }

  @Test
  void longKeysAreRefused() {
    assertThat(parse("/photos/" + "a/".repeat(512) + "a", null))
        .isInstanceOf(S3Target.Refused.class);
    assertThat(parse("/photos/" + "a".repeat(219), null)).isInstanceOf(S3Target.Refused.class);
    assertThat(parse("/photos/" + "a".repeat(218), null)).isInstanceOf(S3Target.Accepted.class);
  }
}
