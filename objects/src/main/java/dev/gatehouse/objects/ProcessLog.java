package dev.gatehouse.objects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.slf4j.Logger;

/** Hands a process's output to our log, so many lines of such a length and no more. */
record ProcessLog(Reader output, Logger log, int maxLines, int maxLength) implements Runnable {

  ProcessLog(BufferedReader output, Logger log) {
    this(output, log, 1000, 500);
  }

  @Override
  public void run() {
    StringBuilder line = new StringBuilder();
    int lines = 0;
    try {
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c != '\n') {
          if (line.length() < maxLength) {
            line.append((char) c);
          }
          continue;
        }
        if (lines < maxLines) {
          log.warn("{}", line.toString());
        } else if (lines == maxLines) {
          log.warn("more output is dropped");
        }
        lines = Math.min(lines, maxLines) + 1;
        line.setLength(0);
      }
    } catch (IOException e) {
      log.debug("the output ended: {}", e.toString());
    }
  }
}
