package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.objects.ObjectPlace;
import dev.gatehouse.server.config.ObjectSettings;
import dev.gatehouse.server.config.WrongConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ObjectPlacesTest {
  private static final URI ELSEWHERE = URI.create("https://s3.example.com");

  private static ObjectPlace of(ObjectSettings settings, Map<String, String> environment) {
    return ObjectPlaces.of(
        settings,
        Path.of("data"),
        () -> {
          throw new AssertionError("nothing is kept here");
        },
        environment);
  }

  @Test
  void theKeyOfAnEndpointIsThatOfTheFileOrOfTheEnvironment() {
    assertThat(of(new ObjectSettings(false, ELSEWHERE, "eu-west-1", "id", "secret"), Map.of()))
        .isInstanceOf(ObjectPlace.Elsewhere.class);
    assertThat(
            of(
                new ObjectSettings(false, ELSEWHERE, "eu-west-1", null, null),
                Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret")))
        .isInstanceOf(ObjectPlace.Elsewhere.class);
  }

  @Test
  void anEndpointWithoutAKeyIsRefusedAtTheStart() {
    assertThatThrownBy(
            () -> of(new ObjectSettings(false, ELSEWHERE, "eu-west-1", null, null), Map.of()))
        .isInstanceOf(WrongConfiguration.class)
        .hasMessageContaining("objects.endpoint")
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
  }
}
