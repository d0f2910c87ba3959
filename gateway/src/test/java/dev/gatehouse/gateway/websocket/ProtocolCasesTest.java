package dev.gatehouse.gateway.websocket;

import static dev.gatehouse.gateway.websocket.RunningSockets.utf8;
import static dev.gatehouse.testkit.RawWebSocket.BINARY;
import static dev.gatehouse.testkit.RawWebSocket.CLOSE;
import static dev.gatehouse.testkit.RawWebSocket.CONTINUATION;
import static dev.gatehouse.testkit.RawWebSocket.PING;
import static dev.gatehouse.testkit.RawWebSocket.PONG;
import static dev.gatehouse.testkit.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.websocket.RunningSockets.Talk;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.testkit.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The cases of the well-known suite for RFC 6455 one by one, by its numbers, where {@link
 * ProtocolTest} has only one of a kind: frames cut anywhere, every reserved opcode and bit, every
 * wrong byte.
 */
class ProtocolCasesTest {
  private static final byte[] HELLO = utf8("hello");
  private static RunningSockets gateway;

  @BeforeAll
  static void start() throws IOException {
    gateway = RunningSockets.echoing();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** The connection fails with that code; whatever was echoed or answered before is left out. */
  private static void assertFails(int code, Talk talk) throws IOException {
    gateway.talk(client -> {
      talk.by(client);
      Frame frame = client.read();
      while (frame.opcode() != CLOSE) {
        frame = client.read();
      }
      assertThat(frame.code()).isEqualTo(code);
      assertThat(client.ended()).isTrue();
    });
  }

  /** The same bytes, in pieces of a size. */
  private static void chopped(RawWebSocket client, byte[] bytes, int size) throws IOException {
    for (int at = 0; at < bytes.length; at += size) {
      client.bytes(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
  }

  private static byte[] fragments(byte[] message, int size) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += size) {
      boolean last = at + size >= message.length;
      int first = (last ? 0x80 : 0) | (at == 0 ? TEXT : CONTINUATION);
      byte[] part = Arrays.copyOfRange(message, at, Math.min(message.length, at + size));
      frames.writeBytes(RawWebSocket.masked(first, part));
    }
    return frames.toByteArray();
  }

  @Test // 1.1.8, 10.1.1
  void longMessagesMayComeInAnyPieces() throws IOException {
    String text = "*".repeat(65_536);
    for (int size : new int[] {1_300, 32_000}) {
      gateway.talk(client -> {
        chopped(client, fragments(utf8(text), size), 997);
        assertThat(client.message()).isEqualTo(text);
      });
    }
  }

  @Test // 2.3, 2.6, 2.10, 2.11
  void pingsAreAnsweredInTheirOrder() throws IOException {
    byte[] binary = HexFormat.of().parseHex("00fffefdfcfb00ff");
    gateway.talk(client -> {
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        pings.writeBytes(RawWebSocket.masked(0x80 | PING, utf8("payload-" + i)));
      }
      pings.writeBytes(RawWebSocket.masked(0x80 | PING, binary));
      client.bytes(pings.toByteArray());
      chopped(client, pings.toByteArray(), 1);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10; i++) {
          assertThat(client.read().text()).isEqualTo("payload-" + i);
        }
        assertThat(client.read().payload()).isEqualTo(binary);
      }
    });
  }

  @Test // 3.1 to 3.7
  void reservedBitsFailOnEveryKindOfFrame() throws IOException {
    for (int bits = 1; bits < 8; bits++) {
      for (int opcode : new int[] {TEXT, BINARY, PING, PONG, CLOSE}) {
        byte[] frame = RawWebSocket.masked(0x80 | bits << 4 | opcode, new byte[] {3, (byte) 0xe8});
        assertFails(
            1002,
            client -> {
              client.text("first");
              client.bytes(frame);
              client.frame(true, PING, HELLO);
            });
      }
    }
  }

  @Test // 4.1.1 to 4.2.5
  void everyReservedOpcodeFails() throws IOException {
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      assertFails(1002, client -> client.bytes(RawWebSocket.masked(0x80 | opcode, new byte[0])));
      assertFails(
          1002,
          client -> {
            client.text("first");
            chopped(client, RawWebSocket.masked(0x80 | opcode, HELLO), 1);
          });
    }
  }

  @Test // 5.3 to 5.8, 5.19, 5.20
  void fragmentsMayHavePingsBetweenAndBeCutAnywhere() throws IOException {
    for (int size : new int[] {1, 2, 7, 1_000}) {
      gateway.talk(client -> {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(RawWebSocket.masked(TEXT, utf8("f1,")));
        frames.writeBytes(RawWebSocket.masked(CONTINUATION, utf8("f2,")));
        frames.writeBytes(RawWebSocket.masked(0x80 | PING, utf8("one")));
        frames.writeBytes(RawWebSocket.masked(CONTINUATION, new byte[0]));
        frames.writeBytes(RawWebSocket.masked(CONTINUATION, utf8("f3,")));
        frames.writeBytes(RawWebSocket.masked(0x80 | PING, utf8("two")));
        frames.writeBytes(RawWebSocket.masked(0x80 | CONTINUATION, utf8("f4")));
        chopped(client, frames.toByteArray(), size);
        assertThat(client.read().text()).isEqualTo("one");
        assertThat(client.read().text()).isEqualTo("two");
        assertThat(client.message()).isEqualTo("f1,f2,f3,f4");
      });
    }
  }

  @Test // 5.9 to 5.18
  void whatContinuesNothingFailsAlsoAfterAMessage() throws IOException {
    for (boolean last : new boolean[] {true, false}) {
      assertFails(
          1002,
          client -> {
            client.frame(false, TEXT, HELLO);
            client.frame(true, CONTINUATION, HELLO);
            client.frame(last, CONTINUATION, HELLO);
            client.text("never");
          });
      assertFails(
          1002,
          client -> {
            chopped(client, RawWebSocket.masked((last ? 0x80 : 0) | CONTINUATION, HELLO), 1);
            client.text("never");
          });
    }
  }

  @Test // 6.1.2, 6.1.3
  void fragmentsMayBeEmpty() throws IOException {
    gateway.talk(client -> {
      client.frame(false, TEXT, new byte[0]);
      client.frame(false, CONTINUATION, new byte[0]);
      client.frame(true, CONTINUATION, new byte[0]);
      client.frame(false, TEXT, new byte[0]);
      client.frame(false, CONTINUATION, HELLO);
      client.frame(true, CONTINUATION, new byte[0]);
      assertThat(client.message()).isEqualTo("hello");
    });
  }

  @Test // 6.2, 6.5 to 6.9, 6.11, 6.22, 6.23
  void everyCodePointIsText() throws IOException {
    String edges =
        "\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\ufffe\uffff"
            + new String(new int[] {0x10000, 0x1fffe, 0x1ffff, 0x10fffe, 0x10ffff}, 0, 5);
    for (int size : new int[] {1, 2, 3, 100}) {
      gateway.talk(client -> {
        client.bytes(fragments(utf8(edges), size));
        assertThat(client.message()).isEqualTo(edges);
      });
    }
  }

  @Test // 6.3, 6.4, 6.6, 6.8, 6.10, 6.12 to 6.21
  void whatIsNoTextFailsHoweverItComes() throws IOException {
    List<String> wrong =
        List.of(
            "cebae1bdb9cf83cebcceb5eda080656469746564", // a surrogate in the middle
            "cebae1bdb9cf83cebcceb5f4908080656469746564", // beyond the last code point
            "80",
            "bf",
            "80bf",
            "80bf80bf80bf", // nothing but continuations
            "c020",
            "df20",
            "e020",
            "ef20",
            "f020",
            "f720",
            "f820",
            "fb20",
            "fc20",
            "fd20",
            "c0",
            "e080",
            "f08080",
            "f8808080",
            "fc80808080",
            "df",
            "efbf",
            "f7bfbf", // cut
            "fe",
            "ff",
            "fefeffff",
            "c0af",
            "e080af",
            "f08080af",
            "f8808080af",
            "fc80808080af", // longer than need be
            "c1bf",
            "e09fbf",
            "f08fbfbf",
            "f887bfbfbf",
            "fc83bfbfbfbf",
            "c080",
            "e08080",
            "f0808080",
            "f888808080",
            "fc8480808080",
            "f7bfbfbf",
            "fbbfbfbfbf",
            "fdbfbfbfbfbf",
            "eda080",
            "edadbf",
            "edae80",
            "edafbf",
            "edb080",
            "edbe80",
            "edbfbf",
            "eda080edb080");
    for (String hex : wrong) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertFails(1007, client -> client.frame(true, TEXT, bytes));
      assertFails(1007, client -> client.bytes(fragments(bytes, 1)));
    }
  }

  @Test // 7.1.1 to 7.1.5
  void nothingCountsAfterAClose() throws IOException {
    assertFails(
        1000,
        client -> {
          client.text("first");
          assertThat(client.message()).isEqualTo("first");
          client.close(1000, "");
          client.close(1001, "again");
        });
    assertFails(
        1000,
        client -> {
          client.frame(false, TEXT, HELLO);
          client.close(1000, "");
          client.frame(true, CONTINUATION, HELLO);
        });
  }

  @Test // 7.7, 7.9, 7.13
  void theRestOfTheCodes() throws IOException {
    for (int code : new int[] {1008, 1010, 1012, 1013, 1014}) {
      assertFails(code, client -> client.close(code, ""));
    }
    for (int code : new int[] {1015, 5000, 65_535}) {
      assertFails(1002, client -> client.close(code, ""));
    }
  }

  @Test // 12, 13
  void compressionIsNotAgreedOn() throws IOException {
    String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    try (RawWebSocket client = gateway.handshake("/prod", offer)) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.head()).doesNotContainIgnoringCase("sec-websocket-extensions");
    }
  }
}
