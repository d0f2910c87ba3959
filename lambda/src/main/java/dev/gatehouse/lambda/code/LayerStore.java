package dev.gatehouse.lambda.code;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Layers over one another, as {@code /opt} is on AWS: what a later one has goes before the same
 * file of an earlier one. Made of hard links, once for each combination.
 *
 * @param archives the layers' archives
 * @param merged where combinations are made; nothing in it outlasts a start
 * @param ids unique names for what is not yet complete
 */
public record LayerStore(
    CodeStore archives, Path merged, Supplier<String> ids, ReentrantLock lock) {

  /** One layer. */
  public record Layer(FunctionKey name, String sha256) {}

  /** Begins with no combination. */
  public LayerStore(CodeStore archives, Path merged, Supplier<String> ids) {
    this(archives, merged, ids, new ReentrantLock());
  }

  /** The directory of a combination, made where it is not there yet. */
  public Path directory(List<Layer> layers) throws IOException {
    String name = CodeStore.hash(layers.toString());
    Path target = merged.resolve(name);
    lock.lock();
    try {
      if (!Files.isDirectory(target)) {
        Path incoming = merged.resolve("incoming-" + ids.get());
        Files.createDirectories(incoming);
        for (Layer layer : layers) {
          link(archives.taskRoot(layer.name(), layer.sha256()), incoming);
        }
        Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    } finally {
      lock.unlock();
    }
  }

  private static void link(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes any)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes any) throws IOException {
            Path there = to.resolve(from.relativize(file));
            Directories.delete(there);
            if (Files.isSymbolicLink(file)) {
              Files.createSymbolicLink(there, Files.readSymbolicLink(file));
            } else {
              Files.createLink(there, file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes every combination: at a start none is in use. */
  public void clear() throws IOException {
    Directories.delete(merged);
  }
}
