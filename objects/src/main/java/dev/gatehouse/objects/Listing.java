package dev.gatehouse.objects;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A page of the keys of a bucket, in the order of their bytes as S3 lists them [C]. Folders are
 * walked as far as the page needs, and never held whole: a folder of a million files costs no more
 * memory than a page. Used by one thread.
 */
final class Listing {
  /** How a key comes before another. */
  private static final Comparator<String> BYTES =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  /** Names of a folder that are held at a time. */
  private static final int HELD = 1002;

  /** A line of a list. */
  sealed interface Entry {
    String name();
  }

  record Key(String name, ObjectFile object) implements Entry {}

  record Prefix(String name) implements Entry {}

  /**
   * What a walk found.
   *
   * @param truncated whether there is more
   */
  record Page(List<Entry> entries, boolean truncated) {
    Page {
      entries = List.copyOf(entries);
    }
  }

  private final ListQuery query;
  private final List<Entry> found = new ArrayList<>();
  private String rolled = "";
  private boolean more;

  private Listing(ListQuery query) {
    this.query = query;
  }

  static Page of(Path bucket, ListQuery query) throws IOException {
    Listing listing = new Listing(query);
    if (query.most() > 0) {
      listing.walk(bucket, "");
    }
    return new Page(listing.found, listing.more);
  }

  private void walk(Path folder, String key) throws IOException {
    String last = "";
    while (!more) {
      NavigableSet<String> names = next(folder, key, last);
      for (String name : names) {
        if (more || isRolled(key)) {
          return;
        }
        visit(folder, key + name, name);
      }
      if (names.size() < HELD) {
        return;
      }
      last = names.last();
    }
  }

  private boolean isRolled(String key) {
    return !rolled.isEmpty() && key.startsWith(rolled);
  }

  private void visit(Path folder, String key, String name) throws IOException {
    if (isRolled(key)) {
      return;
    }
    if (!key.endsWith("/")) {
      take(key, folder.resolve(name));
      return;
    }
    Path below = folder.resolve(name.substring(0, name.length() - 1));
    if (ObjectFile.isFolderObject(below)) {
      take(key, below);
    }
    walk(below, key);
  }

  /** The least names of a folder after one of them, of which a page could be made. */
  private NavigableSet<String> next(Path folder, String key, String last) throws IOException {
    NavigableSet<String> names = new TreeSet<>(BYTES);
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String file = String.valueOf(child.getFileName());
        String name = Files.isDirectory(child) ? file + "/" : file;
        if (ObjectNames.isOwn(file)
            || (!last.isEmpty() && BYTES.compare(name, last) <= 0)
            || !isWanted(key + name)) {
          continue;
        }
        names.add(name);
        if (names.size() > HELD) {
          names.pollLast();
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return names; // it went with its last object
    }
    return names;
  }

  /** Whether a key, or anything below a folder, can be on the page. */
  private boolean isWanted(String key) {
    boolean folder = key.endsWith("/");
    boolean named = key.startsWith(query.prefix()) || (folder && query.prefix().startsWith(key));
    boolean after =
        BYTES.compare(key, query.after()) > 0 || (folder && query.after().startsWith(key));
    return named && after;
  }

  private void take(String key, Path file) throws IOException {
    if (!key.startsWith(query.prefix())
        || BYTES.compare(key, query.after()) <= 0
        || isRolled(key)) {
      return;
    }
    String prefix = commonPrefix(key);
    if (!prefix.isEmpty() && prefix.equals(query.after())) {
      return; // the page before ended with it
    }
    Optional<ObjectFile> object =
        prefix.isEmpty() ? ObjectFile.find(file, false) : Optional.empty();
    if (prefix.isEmpty() && object.isEmpty()) {
      return; // deleted meanwhile
    }
    if (found.size() == query.most()) {
      more = true;
      return;
    }
    rolled = prefix;
    found.add(object.isPresent() ? new Key(key, object.get()) : new Prefix(prefix));
  }

  /** What a key is rolled up to; empty where it is not. */
  private String commonPrefix(String key) {
    int from = query.prefix().length();
    int at = query.delimiter().isEmpty() ? -1 : key.indexOf(query.delimiter(), from);
    return at < 0 ? "" : key.substring(0, at + query.delimiter().length());
  }
}
