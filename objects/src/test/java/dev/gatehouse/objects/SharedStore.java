package dev.gatehouse.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One store with the bucket {@code photos} for the tests that need nothing of their own: started by
 * the first of them, ended after the last.
 */
final class SharedStore implements BeforeAllCallback {
  private static Started started;

  /** The store and what belongs to it. */
  private record Started(Path data, RunningStore store, S3Client s3) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      s3.close();
      store.close();
      Emptying.empty(data);
      Files.delete(data);
    }
  }

  static RunningStore store() {
    return started.store();
  }

  static S3Client s3() {
    return started.s3();
  }

  static Path data() {
    return started.data();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    started =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedStore.class))
            .computeIfAbsent("store", _ -> start(), Started.class);
  }

  private static Started start() {
    try {
      Path data = Files.createTempDirectory("gatehouse-objects");
      RunningStore store = new RunningStore(data);
      S3Client s3 = store.client();
      s3.createBucket(b -> b.bucket("photos"));
      return new Started(data, store, s3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
