package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.server.config.Flags;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private static final Path DISTRIBUTION = Path.of("distribution");

  @TempDir Path directory;
  private Path usual;

  @BeforeEach
  void makeUsualDirectory() throws IOException {
    usual = Files.createDirectory(directory.resolve("usual"));
  }

  private Configuration resolve(Flags flags) throws IOException {
    return Configuration.resolve(flags, usual, DISTRIBUTION);
  }

  private Path file(Path place, String yaml) throws IOException {
    return Files.writeString(place, yaml);
  }

  @Test
  void withoutAnythingTheDefaultsHold() throws IOException {
    Configuration configuration = resolve(new Flags(null, null, null, false));
    Settings expected =
        Settings.defaults()
            .withRuntimes(Map.of("java25", Path.of(System.getProperty("java.home"))));
    assertThat(configuration).isEqualTo(new Configuration(expected, usual, false, DISTRIBUTION));
  }

  @Test
  void theFileInTheDataDirectoryIsRead() throws IOException {
    file(usual.resolve("gatehouse.yaml"), "listen: {port: 1}");
    assertThat(resolve(new Flags(null, null, null, false)).settings().listen().port()).isEqualTo(1);
    Path named = Files.createDirectory(directory.resolve("named"));
    file(named.resolve("gatehouse.yaml"), "listen: {port: 2}");
    assertThat(resolve(new Flags(null, null, named, false)).settings().listen().port())
        .isEqualTo(2);
  }

  @Test
  void flagsGoBeforeTheFile() throws IOException {
    Path file = file(directory.resolve("c.yaml"), "{listen: {port: 1}, data: there}");
    assertThat(resolve(new Flags(file, null, null, false)).data())
        .isEqualTo(directory.resolve("there"));
    Configuration configuration = resolve(new Flags(file, 7, Path.of("here"), false));
    assertThat(configuration.data()).isEqualTo(Path.of("here"));
    assertThat(configuration.settings().listen().port()).isEqualTo(7);
  }

  @Test
  void whatIsEphemeralGetsADirectoryOfItsOwn() throws IOException {
    Path file = file(directory.resolve("c.yaml"), "data: there");
    Configuration configuration = resolve(new Flags(file, null, null, true));
    assertThat(configuration.data()).isEmptyDirectory().isNotEqualTo(directory.resolve("there"));
    Files.delete(configuration.data());
  }

  @Test
  void aFileInTheDataDirectoryCannotNameAnother() throws IOException {
    file(usual.resolve("gatehouse.yaml"), "data: /elsewhere");
    assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> resolve(new Flags(null, null, null, false)))
        .withMessageContaining("data cannot be another directory");
  }

  @Test
  void aRuntimeMustBeAJdkOfItsVersion() throws IOException {
    Path none = file(directory.resolve("none.yaml"), "runtimes: {java21: nowhere}");
    assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> resolve(new Flags(none, null, null, false)))
        .withMessage("runtimes.java21: there is no JDK in " + directory.resolve("nowhere"));
    Path own = Path.of(System.getProperty("java.home"));
    Path other = file(directory.resolve("other.yaml"), "runtimes: {java17: " + own + "}");
    assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> resolve(new Flags(other, null, null, false)))
        .withMessageContaining("is a " + Runtime.version().feature());
    Path link = Files.createSymbolicLink(directory.resolve("jdk"), own);
    Path good = file(directory.resolve("good.yaml"), "runtimes: {java25: jdk}");
    assertThat(resolve(new Flags(good, null, null, false)).settings().runtimes())
        .isEqualTo(Map.of("java25", link));
  }

  @Test
  void onlyAServerThatChecksSignaturesLeavesLoopback() throws IOException {
    Path file = file(directory.resolve("c.yaml"), "listen: {address: 0.0.0.0, port: 0}");
    Configuration configuration = resolve(new Flags(file, null, null, false));
    assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> Gatehouse.start(configuration))
        .withMessageContaining("set auth: verify");
  }

  @Test
  void theFirstKeyIsMadeOnceForTheOwnerOnly() throws IOException {
    Path file = usual.resolve("access-key");
    FirstKey first = FirstKey.open(file, RandomGenerator.getDefault());
    assertThat(first.made()).isTrue();
    assertThat(first.credential().accessKeyId()).matches("GATE[A-Za-z0-9]{16}");
    assertThat(first.credential().secretAccessKey()).hasSize(40);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(FirstKey.open(file, RandomGenerator.getDefault()))
        .isEqualTo(new FirstKey(first.credential(), false));
    Files.writeString(file, "half\n");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FirstKey.open(file, RandomGenerator.getDefault()))
        .withMessageContaining("damaged");
  }
}
