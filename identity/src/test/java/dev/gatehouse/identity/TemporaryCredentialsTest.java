package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryCredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T05:18:47Z");
  private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/r/s";

  private static TemporaryCredentials of(MasterSecret master) {
    return new TemporaryCredentials(master, () -> NOW, new SecureRandom());
  }

  private static TemporaryCredentials of(Path file) throws IOException {
    return of(MasterSecret.open(file, new SecureRandom()));
  }

  @Test
  void credentialsOutliveARestart(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("data/master.secret");
    Credential minted = of(file).mint("111122223333", ROLE, Duration.ofHours(1));
    assertThat(of(file).find(minted.accessKeyId(), minted.sessionToken())).contains(minted);
    assertThat(minted.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(minted.secretAccessKey()).hasSize(40);
  }

  @Test
  void theSecretIsForItsOwnerOnly(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("master.secret");
    of(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> of(file)).isInstanceOf(IOException.class).hasMessageContaining("600");
  }

  @Test
  void aDamagedSecretIsRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("master.secret");
    of(file);
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> of(file)).hasMessageContaining("damaged");
  }

  @Test
  void noChangedByteOfATokenIsTaken() {
    TemporaryCredentials credentials = of(MasterSecret.random(new SecureRandom()));
    Credential minted = credentials.mint("111122223333", ROLE, Duration.ofHours(1));
    String token = minted.sessionToken();
    assertThat(token).isNotNull();
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(credentials.find(minted.accessKeyId(), changed)).isEmpty();
    }
    assertThat(credentials.find(minted.accessKeyId(), null)).isEmpty();
    assertThat(credentials.find(minted.accessKeyId(), "")).isEmpty();
    assertThat(credentials.find(minted.accessKeyId(), "*".repeat(50))).isEmpty();
    assertThat(credentials.find("ASIAOTHER", token)).isEmpty();
  }

  @Test
  void anotherServersTokensAreStrange() {
    Credential minted =
        of(MasterSecret.random(new SecureRandom())).mint("111122223333", ROLE, Duration.ofHours(1));
    TemporaryCredentials others = of(MasterSecret.random(new SecureRandom()));
    assertThat(others.find(minted.accessKeyId(), minted.sessionToken())).isEmpty();
  }

  @Test
  void credentialsEnd() {
    Instant[] now = {NOW};
    TemporaryCredentials credentials =
        new TemporaryCredentials(
            MasterSecret.random(new SecureRandom()), () -> now[0], new SecureRandom());
    Credential minted = credentials.mint("111122223333", ROLE, Duration.ofHours(1));
    now[0] = NOW.plus(Duration.ofHours(1));
    assertThat(credentials.find(minted.accessKeyId(), minted.sessionToken())).isEmpty();
    assertThat(credentials.lookup(minted.accessKeyId(), minted.sessionToken()))
        .isEqualTo(new Credentials.Lookup.Expired());
  }

  @Test
  void noSecretIsPrinted() {
    Credential minted =
        of(MasterSecret.random(new SecureRandom())).mint("111122223333", ROLE, Duration.ofHours(1));
    assertThat(minted.toString())
        .doesNotContain(minted.secretAccessKey())
        .doesNotContain(String.valueOf(minted.sessionToken()));
  }
}
