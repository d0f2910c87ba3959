package dev.gatehouse.gateway.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.jwt.IssuerKeys.Down;
import dev.gatehouse.gateway.jwt.IssuerKeys.Key;
import dev.gatehouse.gateway.jwt.IssuerKeys.Lookup;
import dev.gatehouse.gateway.jwt.IssuerKeys.Unknown;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When an issuer is asked, and who waits for it. The issuer answers when a test lets it. */
class IssuerKeysTest {
  private static final RSAPublicKey ONE = key();
  private static final RSAPublicKey TWO = key();
  private static final Keys FIRST = new Keys.Found(Map.of("k1", ONE));
  private static final Keys BOTH = new Keys.Found(Map.of("k1", ONE, "k2", TWO));
  private static final Keys DOWN = new Keys.Unreachable(Keys.NO_KEYS);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final BlockingQueue<Keys> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final IssuerKeys keys =
      new IssuerKeys(
          () -> {
            asked.incrementAndGet();
            return answers.take();
          },
          nanos::get,
          work::add);

  private static RSAPublicKey key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1_024);
      return (RSAPublicKey) generator.generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Lets the issuer answer what it was asked. */
  private void answer(Keys answer) throws InterruptedException {
    answers.add(answer);
    Runnable next = work.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("the issuer is asked").isNotNull();
    next.run();
  }

  /** Looks for a key that is worth asking the issuer for, which answers that. */
  private Lookup find(String id, Keys answer) throws Exception {
    List<Lookup> found = new ArrayList<>();
    Thread waiting = Thread.ofVirtual().start(() -> found.add(find(id)));
    answer(answer);
    waiting.join();
    return found.getFirst();
  }

  /** Must not wait. */
  private Lookup find(String id) {
    try {
      return keys.find(id, true);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void theFirstRequestsWaitForOneFetch() throws Exception {
    BlockingQueue<Lookup> found = new LinkedBlockingQueue<>();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(Thread.ofVirtual().start(() -> found.add(find("k1"))));
    }
    answer(FIRST);
    for (Thread each : waiting) {
      each.join();
    }
    assertThat(found).hasSize(1_000).containsOnly(new Key(ONE));
    assertThat(asked).hasValue(1);
    assertThat(work).isEmpty();
  }

  @Test
  void keysAreRenewedBehindTheRequests() throws Exception {
    find("k1", FIRST);
    pass(Duration.ofMinutes(59));
    assertThat(keys.known("k1")).isSameAs(ONE);
    assertThat(work).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(keys.known("k1")).isSameAs(ONE);
    assertThat(find("k1")).isEqualTo(new Key(ONE));
    assertThat(work).as("asked once, waited for by nobody").hasSize(1);
    answer(BOTH);
    assertThat(keys.known("k2")).isSameAs(TWO);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aKeyThatStaysIsTheSameObject() throws Exception {
    find("k1", FIRST);
    pass(Duration.ofHours(1));
    keys.known("k1");
    RSAPublicKey copy =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(ONE.getModulus(), ONE.getPublicExponent()));
    answer(new Keys.Found(Map.of("k1", copy)));
    assertThat(keys.known("k1")).isSameAs(ONE);
  }

  @Test
  void keysThatNobodyAskedForInTwoHoursAreWaitedFor() throws Exception {
    find("k1", FIRST);
    pass(Duration.ofHours(2));
    assertThat(keys.known("k1")).isNull();
    assertThat(find("k1", new Keys.Found(Map.of("k2", TWO)))).isEqualTo(new Unknown());
    assertThat(find("k2")).isEqualTo(new Key(TWO));
  }

  @Test
  void anIssuerThatIsDownLeavesItsKeysInForceAndIsAskedOnceAMinute() throws Exception {
    find("k1", FIRST);
    pass(Duration.ofHours(3));
    assertThat(find("k1", DOWN)).isEqualTo(new Key(ONE));
    for (int minute = 0; minute < 300; minute++) {
      assertThat(find("k1")).isEqualTo(new Key(ONE));
      assertThat(work).as("nobody waits").isEmpty();
      pass(Duration.ofMinutes(1));
      assertThat(keys.known("k1")).isSameAs(ONE);
      answer(DOWN);
    }
    pass(Duration.ofMinutes(1));
    keys.known("k1");
    answer(BOTH);
    assertThat(keys.known("k2")).isSameAs(TWO);
  }

  @Test
  void anUnknownKeyIsAskedForAtMostOnceAMinute() throws Exception {
    find("k1", FIRST);
    assertThat(find("k2", BOTH)).isEqualTo(new Key(TWO));
    for (int i = 0; i < 10_000; i++) {
      assertThat(find("bad" + i)).isEqualTo(new Unknown());
    }
    assertThat(work).isEmpty();
    pass(Duration.ofSeconds(60));
    assertThat(find("bad", BOTH)).isEqualTo(new Unknown());
    assertThat(find("bad")).isEqualTo(new Unknown());
    assertThat(asked).hasValue(3);
  }

  @Test
  void aTokenThatIsGoodForNothingIsNotAskedFor() throws Exception {
    find("k1", FIRST);
    assertThat(keys.find("k2", false)).isEqualTo(new Unknown());
    assertThat(work).isEmpty();
    assertThat(find("k2", BOTH)).as("what may be good is").isEqualTo(new Key(TWO));
  }

  @Test
  void whileTheIssuerIsAskedForAnUnknownKeyTheKnownOnesAreAtHand() throws Exception {
    find("k1", FIRST);
    List<Lookup> found = new ArrayList<>();
    Thread waiting = Thread.ofVirtual().start(() -> found.add(find("k2")));
    Runnable slow = work.take();
    assertThat(find("k1")).isEqualTo(new Key(ONE));
    answers.add(BOTH);
    slow.run();
    waiting.join();
    assertThat(found).containsExactly(new Key(TWO));
  }

  @Test
  void anIssuerThatNeverAnsweredIsAskedAgainAfterASecond() throws Exception {
    assertThat(find("k1", DOWN)).isEqualTo(new Down(Keys.NO_KEYS));
    assertThat(find("k1")).isEqualTo(new Down(Keys.NO_KEYS));
    pass(Duration.ofSeconds(1));
    assertThat(find("k1", FIRST)).isEqualTo(new Key(ONE));
  }

  @Test
  void aFetchThatBreaksIsAFailure() throws Exception {
    IssuerKeys broken =
        new IssuerKeys(
            () -> {
              throw new IllegalStateException("broken");
            },
            nanos::get,
            Runnable::run);
    assertThat(broken.find("k1", true)).isEqualTo(new Down(Keys.NO_KEYS));
  }
}
