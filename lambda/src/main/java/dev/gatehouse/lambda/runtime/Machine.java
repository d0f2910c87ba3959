package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of machines that Lambda has. */
enum Machine {
  X86_64("x86_64", 0x3e, "amd64"),
  ARM64("arm64", 0xb7, "aarch64");

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final int KIND = 18;

  private final String awsName;
  private final int elf;
  private final String jvmName;

  Machine(String awsName, int elf, String jvmName) {
    this.awsName = awsName;
    this.elf = elf;
    this.jvmName = jvmName;
  }

  /** As {@code Architectures} names it. */
  String awsName() {
    return awsName;
  }

  /** This one; empty where it is none of them. */
  static Optional<Machine> here() {
    String name = System.getProperty("os.arch");
    return Arrays.stream(values()).filter(it -> it.jvmName.equals(name)).findFirst();
  }

  /** What an executable is made for; empty for scripts, and for what is made for none of them. */
  static Optional<Machine> of(Path executable) throws IOException {
    try (InputStream in = Files.newInputStream(executable)) {
      byte[] head = in.readNBytes(KIND + 2);
      if (head.length < KIND + 2 || !Arrays.equals(head, 0, ELF.length, ELF, 0, ELF.length)) {
        return Optional.empty();
      }
      int kind = (head[KIND] & 0xff) | (head[KIND + 1] & 0xff) << 8;
      return Arrays.stream(values()).filter(it -> it.elf == kind).findFirst();
    }
  }
}
