package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether the other end of a loopback connection is a process of a given session, so that one
 * function cannot take another's events from its port. Reads Linux's {@code /proc}; where there is
 * none, a port that only its own process is told of is all there is.
 *
 * @param port of the Runtime API
 */
record ProcessPeers(Path proc, int port) {

  boolean inSession(InetSocketAddress peer, long session) {
    if (!Files.isReadable(proc.resolve("net/tcp"))) {
      return true;
    }
    try {
      Optional<String> socket = socket(peer.getPort());
      return socket.isPresent()
          && (holds(session, socket.get()) || anyHolds(session, socket.get()));
    } catch (IOException e) {
      return false;
    }
  }

  /** The name that {@code /proc/…/fd} shows for the client's end of the connection. */
  private Optional<String> socket(int peerPort) throws IOException {
    for (String table : List.of("net/tcp6", "net/tcp")) { // a JVM's sockets are in the first
      Path file = proc.resolve(table);
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length > 9 && ends(columns[1], peerPort) && ends(columns[2], port)) {
          return Optional.of("socket:[" + columns[9] + "]");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean ends(String address, int wanted) {
    return address.endsWith(String.format(Locale.ROOT, ":%04X", wanted));
  }

  private boolean anyHolds(long session, String socket) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        long id = Long.parseLong(process.getFileName().toString());
        if (id != session && session(process) == session && holds(id, socket)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long session(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] columns = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(columns[3]);
    } catch (IOException e) {
      return -1; // it has just ended
    }
  }

  private boolean holds(long process, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(proc.resolve(process + "/fd"))) {
      for (Path descriptor : open) {
        if (target(descriptor).equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // it has just ended, or is not ours to look into
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // it has just been closed
    }
  }
}
