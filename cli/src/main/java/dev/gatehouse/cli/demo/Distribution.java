package dev.gatehouse.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of an installed Gatehouse that the demo uses.
 *
 * @param home the directory with {@code bin}, {@code lib}, {@code examples}
 */
public record Distribution(Path home) {

  Path launcher() {
    return existing("bin/gatehouse");
  }

  Path presignZip() {
    return existing("examples/image-pipeline/presign/presign.zip");
  }

  Path imageService() {
    return existing("examples/image-pipeline/image-service/lib");
  }

  Path image() {
    return existing("examples/image-pipeline/images/harbour.png");
  }

  Path chatZip() {
    return existing("examples/websocket-chat/chat.zip");
  }

  private Path existing(String path) {
    Path file = home.resolve(path);
    if (!Files.exists(file)) {
      throw new DemoFailure("the distribution lacks " + file + ": build or unpack it again");
    }
    return file;
  }
}
