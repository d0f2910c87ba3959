package dev.gatehouse.cli.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is sent. One of its options is given. */
final class MessageOption {
  /** AWS's limit (websocket-api.md 7 [C]). */
  private static final int LONGEST = 128 * 1024;

  @Option(names = "--text", paramLabel = "TEXT", required = true, description = "A text.")
  private @Nullable String text;

  @Option(
      names = "--json",
      paramLabel = "JSON",
      required = true,
      description = "A text that must be JSON; sent as it is given.")
  private @Nullable String json;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "What a file holds; - is the standard input.")
  private @Nullable String file;

  byte[] bytes() throws IOException {
    byte[] bytes = file == null ? given().getBytes(UTF_8) : read(file);
    if (bytes.length > LONGEST) {
      throw new CallFailed(0, "a message has " + LONGEST + " bytes at most; send it in parts");
    }
    return bytes;
  }

  private String given() {
    if (json == null) {
      return String.valueOf(text);
    }
    try {
      new JsonMapper().readTree(json);
      return json;
    } catch (JacksonException wrong) {
      throw new CallFailed(
          0, "that is no JSON: " + wrong.getOriginalMessage() + "; send it with --text");
    }
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException missing) {
      throw new CallFailed(0, "there is no file " + file + "; check --file");
    }
  }
}
