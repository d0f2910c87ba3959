package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The image service of the example as a child, on a port of its own choice. */
record ImageServiceProcess(Child child, URI url) {

  private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");

  static ImageServiceProcess start(
      Distribution distribution, Aws aws, String bucket, Path folder, Children children)
      throws IOException, InterruptedException {
    ProcessBuilder service =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            distribution.imageService().resolve("*").toString(),
            "dev.gatehouse.example.image.ImageService");
    Map<String, String> environment = service.environment();
    environment.putAll(aws.environment());
    environment.put("BUCKET", bucket);
    environment.put("BIND", "127.0.0.1");
    environment.put("PORT", "0");
    Child child = Child.start("image service", folder, service, children);
    return new ImageServiceProcess(child, child.await(() -> ready(child)));
  }

  private static Optional<URI> ready(Child child) {
    Matcher ready = READY.matcher(child.text());
    return ready.find() ? Optional.of(URI.create(ready.group(1))) : Optional.empty();
  }
}
