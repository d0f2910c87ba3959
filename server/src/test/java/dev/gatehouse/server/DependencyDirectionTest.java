package dev.gatehouse.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arrows between modules point downward only, as ARCHITECTURE.md draws them. */
class DependencyDirectionTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gatehouse");

  /** Each module with those it may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("wire", List.of("model")),
          Map.entry("identity", List.of("wire", "model")),
          Map.entry("store", List.of("model")),
          Map.entry("logs", List.of("identity", "wire", "model")),
          Map.entry("iam", List.of("store", "identity", "wire", "model")),
          Map.entry("control", List.of("store", "identity", "wire", "model")),
          Map.entry("lambda", List.of("logs", "store", "identity", "wire", "model")),
          Map.entry("objects", List.of("identity", "wire", "model")),
          Map.entry("gateway", List.of("identity", "wire", "model")),
          Map.entry(
              "server",
              List.of(
                  "gateway",
                  "control",
                  "iam",
                  "lambda",
                  "objects",
                  "logs",
                  "store",
                  "identity",
                  "wire",
                  "model")));

  @Test
  void modulesUseOnlyWhatIsBelowThem() {
    MAY_USE.forEach((module, below) -> {
      List<String> allowed = new ArrayList<>();
      allowed.add("dev.gatehouse." + module + "..");
      below.forEach(other -> allowed.add("dev.gatehouse." + other + ".."));
      ArchRule rule =
          noClasses()
              .that()
              .resideInAPackage("dev.gatehouse." + module + "..")
              .should()
              .dependOnClassesThat(
                  resideInAPackage("dev.gatehouse..")
                      .and(
                          not(
                              resideInAPackage(allowed.getFirst())
                                  .or(anyOf(allowed.subList(1, allowed.size()))))))
              .as(module + " uses only " + below);
      rule.check(CLASSES);
    });
  }

  private static DescribedPredicate<JavaClass> anyOf(List<String> packages) {
    return resideInAnyPackage(packages.toArray(String[]::new));
  }

  @Test
  void onlyTheStoreKnowsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.gatehouse.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(CLASSES);
  }

  @Test
  void onlyTheGatewayKnowsNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.gatehouse.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void onlyTheConfigurationKnowsYaml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.gatehouse.server.config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson.dataformat..")
        .check(CLASSES);
  }

  @Test
  void everyModuleIsNamedHere() {
    classes()
        .that()
        .resideInAPackage("dev.gatehouse..")
        .should()
        .resideInAnyPackage(
            MAY_USE.keySet().stream()
                .map(module -> "dev.gatehouse." + module + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }
}
