package dev.gatehouse.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheyNeedToBe() {
    Table table = new Table("ID", "NAME");
    table.add("abcdef", "x");
    assertThat(printed(table)).isEqualTo("ID      NAME\nabcdef  x\n");
  }

  @Test
  void longCellsAreCut() {
    Table table = new Table("NAME");
    table.add("x".repeat(200));
    assertThat(printed(table).lines().skip(1)).containsExactly("x".repeat(59) + "…");
  }

  @Test
  void whatOthersWroteDoesNotActOnTheTerminal() {
    Table table = new Table("NAME");
    table.add("a\u001b[2Jb\nc\u202ed");
    assertThat(printed(table).lines().skip(1)).containsExactly("a [2Jb c d");
  }

  private static String printed(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
