package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketHostsTest {
  private final BucketHosts hosts = new BucketHosts(Set.of("localhost", "gatehouse.internal"));

  @ParameterizedTest
  @CsvSource({
    "photos.localhost, photos",
    "photos.localhost:4566, photos",
    "PHOTOS.localhost, photos",
    "photos.s3.localhost, photos",
    "photos.s3.eu-central-1.localhost:4566, photos",
    "my.photos.s3.localhost, my.photos",
    "photos.gatehouse.internal, photos",
    "s3.localhost, ",
    "s3.eu-central-1.localhost:4566, ",
    "localhost:4566, ",
    "127.0.0.1:4566, ",
    "photos.elsewhere, ",
    "notlocalhost, ",
  })
  void aHostMayNameTheBucket(String host, String bucket) {
    assertThat(hosts.bucket(host).orElse(null)).isEqualTo(bucket);
  }
}
