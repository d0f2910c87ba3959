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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RFC 6455, in the order of the well-known suite of test cases for it; every message is echoed. */
class ProtocolTest {
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

  private static void assertClosed(int code, Talk talk) throws IOException {
    gateway.talk(client -> {
      talk.by(client);
      Frame frame = client.read();
      assertThat(frame.opcode()).as("%s", frame.text()).isEqualTo(CLOSE);
      assertThat(frame.code()).isEqualTo(code);
      assertThat(client.ended()).isTrue();
    });
  }

  private static void assertEchoes(String text) throws IOException {
    gateway.talk(client -> {
      client.text(text);
      assertThat(client.message()).isEqualTo(text);
    });
  }

  @Test
  void textOfEveryLengthComesBack() throws IOException {
    for (int length : new int[] {1, 125, 126, 127, 128, 16_383, 32_767, 32_768}) {
      assertEchoes("*".repeat(length));
    }
  }

  @Test
  void textComesByteByByte() throws IOException {
    gateway.talk(client -> {
      for (byte one : RawWebSocket.masked(0x81, HELLO)) {
        client.bytes(new byte[] {one});
      }
      assertThat(client.message()).isEqualTo("hello");
    });
  }

  @Test
  void anEmptyTextIsAMessageLikeAnyOther() throws IOException {
    gateway.talk(client -> {
      client.text("");
      client.text("next");
      assertThat(client.message()).isEqualTo("next");
    });
  }

  @Test
  void longAnswersComeInFramesOfTheirLimit() throws IOException {
    gateway.talk(client -> {
      String part = "ä".repeat(12_500);
      client.frame(false, TEXT, utf8(part));
      client.frame(false, CONTINUATION, utf8(part));
      client.frame(false, CONTINUATION, utf8(part));
      client.frame(true, CONTINUATION, utf8(part));
      Frame first = client.read();
      assertThat(first.payload()).hasSize(32_768);
      assertThat(first.fin()).isFalse();
      assertThat(first.opcode()).isEqualTo(TEXT);
      int rest = 0;
      Frame frame = first;
      while (!frame.fin()) {
        frame = client.read();
        assertThat(frame.opcode()).isEqualTo(CONTINUATION);
        rest += frame.payload().length;
      }
      assertThat(rest).isEqualTo(100_000 - 32_768);
    });
  }

  @Test
  void aFrameBeyondTheLimitCloses() throws IOException {
    assertClosed(1009, client -> client.text("*".repeat(32_769)));
    assertClosed(1009, client -> client.text("*".repeat(70_000)));
  }

  @Test
  void aMessageBeyondTheLimitCloses() throws IOException {
    byte[] part = new byte[32_768];
    Arrays.fill(part, (byte) 'a');
    gateway.talk(client -> {
      client.frame(false, TEXT, part);
      client.frame(false, CONTINUATION, part);
      client.frame(false, CONTINUATION, part);
      client.frame(true, CONTINUATION, part);
      assertThat(client.message()).hasSize(131_072);
    });
    assertClosed(
        1009,
        client -> {
          client.frame(false, TEXT, part);
          client.frame(false, CONTINUATION, part);
          client.frame(false, CONTINUATION, part);
          client.frame(false, CONTINUATION, part);
          client.frame(true, CONTINUATION, new byte[] {'a'});
        });
  }

  @Test
  void binaryFramesClose() throws IOException {
    assertClosed(1003, client -> client.frame(true, BINARY, new byte[] {1, 2}));
    assertClosed(1003, client -> client.frame(false, BINARY, new byte[0]));
  }

  @Test
  void pingsAreAnsweredWithTheirPayload() throws IOException {
    gateway.talk(client -> {
      for (byte[] payload : List.of(new byte[0], HELLO, new byte[125])) {
        client.frame(true, PING, payload);
        Frame pong = client.read();
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.payload()).isEqualTo(payload);
      }
    });
  }

  @Test
  void aPingOfMoreThan125BytesCloses() throws IOException {
    assertClosed(1002, client -> client.frame(true, PING, new byte[126]));
  }

  @Test
  void aPongThatNobodyAskedForIsIgnored() throws IOException {
    gateway.talk(client -> {
      client.frame(true, PONG, HELLO);
      client.frame(true, PING, HELLO);
      assertThat(client.read().opcode()).isEqualTo(PONG);
    });
  }

  @Test
  void reservedBitsAndOpcodesClose() throws IOException {
    for (int first : new int[] {0xc1, 0xa1, 0x91, 0xd1, 0x83, 0x84, 0x87, 0x8b, 0x8c, 0x8f}) {
      assertClosed(1002, client -> client.bytes(RawWebSocket.masked(first, HELLO)));
    }
  }

  @Test
  void fragmentedControlFramesClose() throws IOException {
    assertClosed(1002, client -> client.frame(false, PING, HELLO));
    assertClosed(1002, client -> client.frame(false, PONG, HELLO));
  }

  @Test
  void controlFramesMayComeBetweenFragments() throws IOException {
    gateway.talk(client -> {
      client.frame(false, TEXT, utf8("frag"));
      client.frame(true, PING, HELLO);
      client.frame(false, CONTINUATION, new byte[0]);
      assertThat(client.read().opcode()).isEqualTo(PONG);
      client.frame(true, CONTINUATION, utf8("ments"));
      assertThat(client.message()).isEqualTo("fragments");
    });
  }

  @Test
  void fragmentsWithoutABeginningOrAnEndClose() throws IOException {
    assertClosed(1002, client -> client.frame(true, CONTINUATION, HELLO));
    assertClosed(1002, client -> client.frame(false, CONTINUATION, HELLO));
    assertClosed(
        1002,
        client -> {
          client.frame(false, TEXT, HELLO);
          client.frame(true, TEXT, HELLO);
        });
  }

  @Test
  void textMustBeUtf8() throws IOException {
    assertEchoes("Hello-µ@ßöäüàá-UTF-8!!");
    assertEchoes("κόσμε \ud83d\ude00 \u0000 \uffff");
    gateway.talk(client -> {
      byte[] text = utf8("κόσμε");
      client.frame(false, TEXT, new byte[] {text[0]});
      client.frame(false, CONTINUATION, new byte[] {text[1], text[2]});
      client.frame(true, CONTINUATION, Arrays.copyOfRange(text, 3, text.length));
      assertThat(client.message()).isEqualTo("κόσμε");
    });
    for (byte[] wrong :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xce})) {
      assertClosed(1007, client -> client.frame(true, TEXT, wrong));
    }
  }

  @Test
  void aCloseIsAnsweredWithItsCode() throws IOException {
    assertClosed(1005, client -> client.frame(true, CLOSE, new byte[0]));
    for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1009, 1011, 3000, 3999, 4000, 4999}) {
      assertClosed(code, client -> client.close(code, "reason"));
    }
    assertClosed(1000, client -> client.close(1000, "*".repeat(123)));
  }

  @Test
  void whatComesAfterACloseIsIgnored() throws IOException {
    assertClosed(
        1000,
        client -> {
          client.close(1000, "");
          client.text("too late");
          client.frame(true, PING, HELLO);
        });
  }

  @Test
  void closesThatAreNoneAreProtocolErrors() throws IOException {
    for (int code : new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999}) {
      assertClosed(1002, client -> client.close(code, "reason"));
    }
    assertClosed(1002, client -> client.frame(true, CLOSE, new byte[] {3}));
    assertClosed(1002, client -> client.close(1000, "*".repeat(124)));
    byte[] notText = ByteBuffer.allocate(3).putShort((short) 1000).put((byte) 0xff).array();
    assertClosed(1007, client -> client.frame(true, CLOSE, notText));
  }

  @Test
  void framesOfClientsAreMasked() throws IOException {
    assertClosed(1002, client -> client.bytes(new byte[] {(byte) 0x81, 1, 'a'}));
  }
}
