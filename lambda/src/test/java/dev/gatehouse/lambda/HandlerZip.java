package dev.gatehouse.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles handlers and packs them as a deployment archive. */
final class HandlerZip {
  private HandlerZip() {}

  /** A class {@code example.Handler} with this body, implementing {@code kind}. */
  static byte[] of(String kind, String body) {
    return ofSource(
        "package example;\n"
            + "import com.amazonaws.services.lambda.runtime.*;\n"
            + "import java.io.*; import java.util.*; import java.nio.file.*;\n"
            + "public class Handler "
            + kind
            + " {\n"
            + body
            + "\n}\n");
  }

  /** A stream handler whose method has this body. */
  static byte[] stream(String statements) {
    return of(
        "implements RequestStreamHandler",
        "public void handleRequest(InputStream in, OutputStream out, Context context)"
            + " throws IOException {"
            + statements
            + "}");
  }

  /** The archive with one more entry. */
  static byte[] with(String name, byte[] content, byte[] archive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(to);
      }
      to.putNextEntry(new ZipEntry(name));
      to.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The library of event classes, as functions bring it along. */
  static Path eventsJar() {
    try {
      return Path.of(
          APIGatewayV2HTTPEvent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ofSource(String source) {
    try {
      Path classes = Files.createTempDirectory("handler");
      StringWriter messages = new StringWriter();
      boolean compiled =
          ToolProvider.getSystemJavaCompiler()
              .getTask(
                  messages,
                  null,
                  null,
                  List.of("-d", classes.toString(), "--release", "17", "-proc:none"),
                  null,
                  List.of(new Source(source)))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException(messages.toString());
      }
      return zip(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(Path classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///example/Handler.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
