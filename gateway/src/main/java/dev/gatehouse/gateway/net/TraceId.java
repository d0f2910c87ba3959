package dev.gatehouse.gateway.net;

/** Root ids of traces (http-api.md 4.6): {@code 1-{8 hex epoch}-{24 hex}}. */
public final class TraceId {
  private static final int HEX_RADIX_BITS = 4;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private TraceId() {}

  /** A new id for what began at that time. */
  public static String of(Worker worker, long millis) {
    char[] id = "1-00000000-000000000000000000000000".toCharArray();
    hex(id, 2, 8, millis / 1_000);
    hex(id, 11, 12, worker.randomBits());
    hex(id, 23, 12, worker.randomBits());
    return new String(id);
  }

  private static void hex(char[] target, int from, int digits, long value) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      target[i] = HEX[(int) (rest & 15)];
      rest >>>= HEX_RADIX_BITS;
    }
  }
}
