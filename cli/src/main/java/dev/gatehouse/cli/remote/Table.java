package dev.gatehouse.cli.remote;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns of text for people. */
public final class Table {
  private static final int WIDEST = 60;

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row; long cells are cut. */
  public void add(String... cells) {
    rows.add(List.of(cells).stream().map(Table::cell).toList());
  }

  private static String cell(String text) {
    String plain = plain(text);
    return plain.length() > WIDEST ? plain.substring(0, WIDEST - 1) + "…" : plain;
  }

  /** Without what would act on a terminal: names and descriptions are other people's text. */
  public static String plain(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
  }

  /** Prints the columns as wide as they need to be. */
  public void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
