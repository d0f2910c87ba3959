import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes the classes of a jar anew in the format of Java 8: {@code java ClassFormat.java FROM TO}.
 * An AOT cache takes no classes of formats before that of Java 6, whose verification takes another
 * way. Their code stays as it is; stack maps are added.
 */
final class ClassFormat {
  private ClassFormat() {}

  public static void main(String[] arguments) throws IOException {
    Path to = Path.of(arguments[1]);
    try (JarFile from = new JarFile(arguments[0]);
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream out = new JarOutputStream(file)) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(
                          name -> read(from, name.packageName().replace('.', '/') + "/" + name.displayName() + ".class"))
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (JarEntry entry : List.copyOf(from.stream().toList())) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF") ? upgraded(format, bytes) : bytes);
        out.closeEntry();
      }
    }
  }

  private static byte[] upgraded(ClassFile format, byte[] bytes) {
    ClassModel model = format.parse(bytes);
    ClassTransform version =
        ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))
            .andThen(ClassTransform.transformingMethodBodies((code, element) -> code.with(element)));
    return format.transformClass(model, version);
  }

  private static InputStream read(JarFile jar, String name) {
    try {
      JarEntry entry = jar.getJarEntry(name);
      return entry == null ? null : new ByteArrayInputStream(jar.getInputStream(entry).readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
