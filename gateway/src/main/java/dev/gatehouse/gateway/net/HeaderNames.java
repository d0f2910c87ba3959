package dev.gatehouse.gateway.net;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of headers that an event loop has read lately: clients and backends send the same ones
 * again and again, and a name that is there already is neither copied nor hashed.
 *
 * <p>Data plane: touched by its event loop only.
 */
public final class HeaderNames {
  private static final int PLACES = 128;
  private static final int LONGEST = 64;
  private static final int SPREAD = 31;

  private final @Nullable AsciiString[] names = new @Nullable AsciiString[PLACES];

  /** The name that these bytes spell, where it was read lately; else null. */
  public @Nullable AsciiString known(byte[] bytes, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return null;
    }
    AsciiString name = names[place(bytes, start, length)];
    if (name == null || name.length() != length) {
      return null;
    }
    int from = name.arrayOffset();
    boolean same = Arrays.equals(name.array(), from, from + length, bytes, start, start + length);
    return same ? name : null;
  }

  /** Keeps a name that was read, in place of another one. */
  public AsciiString keep(AsciiString name) {
    if (!name.isEmpty() && name.length() <= LONGEST) {
      names[place(name.array(), name.arrayOffset(), name.length())] = name;
    }
    return name;
  }

  private static int place(byte[] bytes, int start, int length) {
    int middle = bytes[start + length / 2];
    return ((length * SPREAD + bytes[start]) * SPREAD + middle + bytes[start + length - 1])
        & (PLACES - 1);
  }
}
