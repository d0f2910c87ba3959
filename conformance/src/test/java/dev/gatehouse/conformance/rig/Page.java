package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the project's documentation, in Markdown. */
public record Page(Path file) {
  /** The project's folder. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  /** The pages of a folder of the project. */
  public static List<Page> in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().map(Page::new).toList();
    }
  }

  /** Its blocks of commands for a shell. */
  public List<String> commands() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    return block.results().map(each -> each.group(1).strip()).toList();
  }

  /** Its links to places in the project that are not there. */
  public List<String> brokenLinks() throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(file));
    while (link.find()) {
      Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
      String heading = link.group(2);
      if (!Files.exists(target) || (heading != null && !headings(target).contains(heading))) {
        broken.add(link.group());
      }
    }
    return broken;
  }

  /** As links name them. */
  private static List<String> headings(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(each -> each.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{Alnum} -]", "").replace(' ', '-'))
        .toList();
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
