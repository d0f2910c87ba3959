package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.wire.rest.Operation;
import dev.gatehouse.wire.rest.Operations;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIsNotBuiltTest {
  private static final Set<String> IMPORT_AND_EXPORT =
      Set.of("ExportApi", "ImportApi", "ReimportApi");
  private static final Pattern DEVELOPER_PORTALS =
      Pattern.compile(".*(Portal|ProductPage|ProductRestEndpointPage).*");

  @TempDir Path data;

  @Test
  void onlyPortalsImportAndExportAreNotBuiltAndTheySaySo() {
    Set<String> notBuilt = new TreeSet<>();
    Set<String> toCome = new TreeSet<>();
    try (Console console = new Console(data)) {
      Stream.concat(Operations.load().all().stream(), Operations.loadV1().all().stream())
          .forEach(operation -> {
            Answer answer = console.ask(operation.method(), target(operation), "{}");
            if (answer.status() == 501) {
              notBuilt.add(operation.name());
              assertThat(answer.message()).contains(operation.name());
            }
            if (isToCome(operation.name())) {
              toCome.add(operation.name());
            }
          });
    }
    assertThat(notBuilt).isEqualTo(toCome).containsAll(IMPORT_AND_EXPORT);
  }

  private static boolean isToCome(String operation) {
    return IMPORT_AND_EXPORT.contains(operation) || DEVELOPER_PORTALS.matcher(operation).matches();
  }

  private static String target(Operation operation) {
    return operation.path().text().replaceAll("\\{[^}]*}", "x");
  }
}
