package dev.gatehouse.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public method of the client shows an example in its Javadoc, and the example is code of
 * this folder, which compiles and calls the method; {@link ClientIT} and {@link ExamplesIT} run it.
 */
class ClientJavadocTest {
  private static final Path CLIENT = Path.of("../client/src/main/java/dev/gatehouse/client");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/gatehouse/conformance/client");
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet class=\"(\\w+)\" region=\"(\\w+)\"}");

  @TempDir private Path folder;

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(CLIENT)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyPublicMethodShowsAnExampleThatCallsIt() throws Exception {
    Methods methods = Methods.of(sources());
    assertThat(methods.seen).contains("Gateways.create", "Connections.sendAll", "Cors.maxAge");
    assertThat(methods.without).isEmpty();
  }

  @Test
  void theJavadocToolTakesEveryCommentAndEveryExample() throws Exception {
    StringWriter said = new StringWriter();
    List<String> options =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-Werror",
                "-Xdoclint:all,-missing",
                "--release",
                "17",
                "--snippet-path",
                EXAMPLES.toString(),
                "-d",
                folder.toString(),
                "-classpath",
                System.getProperty("java.class.path")));
    sources().forEach(file -> options.add(file.toString()));
    ToolProvider javadoc = ToolProvider.findFirst("javadoc").orElseThrow();
    PrintWriter out = new PrintWriter(said, true);
    int exit = javadoc.run(out, out, options.toArray(String[]::new));
    assertThat(exit).as("%s", said).isZero();
    assertThat(folder.resolve("dev/gatehouse/client/Api.html")).content().contains("the sale");
  }

  /** The public methods of public types. */
  private static final class Methods extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final Set<String> seen = new TreeSet<>();
    private final List<String> without = new ArrayList<>();

    private Methods(DocTrees docs) {
      this.docs = docs;
    }

    static Methods of(List<Path> sources) throws IOException {
      JavaCompiler compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
        Methods methods = new Methods(DocTrees.instance(task));
        for (CompilationUnitTree unit : task.parse()) {
          methods.scan(unit, null);
        }
        return methods;
      }
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      boolean outermost = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
      boolean open = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
      return open || !outermost ? super.visitClass(type, nothing) : null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (isShown(method)) {
        ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        String name = type.getSimpleName() + "." + method.getName();
        seen.add(name);
        String comment = String.valueOf(docs.getDocComment(getCurrentPath()));
        Matcher snippet = SNIPPET.matcher(comment);
        if (!snippet.find()) {
          without.add(name + " shows no example");
        } else if (!calls(snippet.group(1), snippet.group(2), "" + method.getName())) {
          without.add(name + " is not called by " + snippet.group(1) + "." + snippet.group(2));
        }
      }
      return null;
    }

    private boolean isShown(MethodTree method) {
      TreePath holder = getCurrentPath().getParentPath();
      ClassTree type = (ClassTree) holder.getLeaf();
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
      boolean open =
          type.getKind() == Kind.INTERFACE
              || method.getModifiers().getFlags().contains(Modifier.PUBLIC);
      return open && !overrides && method.getReturnType() != null;
    }

    private static boolean calls(String example, String region, String method) {
      try {
        String source = Files.readString(EXAMPLES.resolve(example + ".java"));
        Matcher found =
            Pattern.compile("@start region=\"" + region + "\"\n(.*?)// @end", Pattern.DOTALL)
                .matcher(source);
        // a Traffic is a lambda: what it is given is shown, not a call by name
        String call =
            method.equals("since") ? "\\(since, api, stage\\) ->" : "\\b" + method + "\\(";
        return found.find() && Pattern.compile(call).matcher(found.group(1)).find();
      } catch (IOException missing) {
        return false;
      }
    }
  }

  @Test
  void everyExampleIsRun() throws Exception {
    String runs =
        Files.readString(EXAMPLES.resolve("ClientIT.java"))
            + Files.readString(EXAMPLES.resolve("ExamplesIT.java"))
            + Files.readString(EXAMPLES.resolve("PipelineClientIT.java"));
    List<String> unused = new ArrayList<>();
    for (String type :
        Arrays.asList(
            "ClientExamples",
            "GatewaysExamples",
            "ApiExamples",
            "ConnectionExamples",
            "UpkeepExamples",
            "SpecExamples")) {
      Matcher methods =
          Pattern.compile("\n  static [\\w<>.]+ (\\w+)\\(")
              .matcher(Files.readString(EXAMPLES.resolve(type + ".java")));
      methods
          .results()
          .map(each -> type + "." + each.group(1) + "(")
          .filter(call -> !runs.contains(call))
          .forEach(unused::add);
    }
    assertThat(unused).isEmpty();
  }
}
