package dev.gatehouse.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The bootstrap as a distribution has it: jars in one directory. */
public final class LambdaBootstrap {
  private LambdaBootstrap() {}

  public static void copyTo(Path directory) throws IOException {
    List<Path> parts = LambdaServer.bootstrap();
    for (int i = 0; i < parts.size(); i++) {
      Path jar = directory.resolve(i + ".jar");
      if (Files.isDirectory(parts.get(i))) {
        pack(parts.get(i), jar);
      } else {
        Files.copy(parts.get(i), jar);
      }
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }
}
