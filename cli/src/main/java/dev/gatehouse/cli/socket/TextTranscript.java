package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;

/** For people: messages on the output, all else beside it. */
record TextTranscript(PrintWriter out, PrintWriter err) implements Transcript {
  @Override
  public void opened(String subprotocol) {
    err.println(
        "connected"
            + (subprotocol.isEmpty() ? "" : ", subprotocol " + Table.plain(subprotocol))
            + "; Ctrl-D ends it");
    err.flush();
  }

  /**
   * Without what would act on a terminal, line breaks and tabs apart: it is other people's text.
   */
  @Override
  public void message(String text) {
    out.println(text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]", " "));
    out.flush();
  }

  @Override
  public void closed(int code, String reason) {
    err.println("closed with " + code + (reason.isEmpty() ? "" : ": " + Table.plain(reason)));
    err.flush();
  }
}
