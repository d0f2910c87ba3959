package dev.gatehouse.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.net.EventLoops;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress TWO = InetAddress.ofLiteral("192.0.2.2");

  private volatile Instant now = Instant.EPOCH;
  private volatile List<InetAddress> known = List.of(ONE);
  private final AtomicInteger lookups = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final InstantSource clock = () -> now;
  private final EventLoops loops = new EventLoops(1, clock, System::nanoTime);
  private final EventLoop loop = loops.workers().getFirst().loop();
  private final Resolver resolver = new Resolver(clock, this::lookUp);

  @AfterEach
  void close() {
    loops.close();
  }

  private InetAddress[] lookUp(String name) throws UnknownHostException {
    lookups.incrementAndGet();
    try {
      assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new UnknownHostException(name);
    }
    if (known.isEmpty()) {
      throw new UnknownHostException(name);
    }
    return known.toArray(InetAddress[]::new);
  }

  private CompletableFuture<List<InetAddress>> ask(String name) {
    CompletableFuture<List<InetAddress>> asked = new CompletableFuture<>();
    loop.execute(() -> resolver.resolve(name, loop, asked::complete));
    return asked;
  }

  private List<InetAddress> resolved(String name) throws Exception {
    return ask(name).get(20, TimeUnit.SECONDS);
  }

  @Test
  void aNameIsLookedUpAgainAfterAWhile() throws Exception {
    answer.countDown();
    assertThat(resolved("backend.test")).containsExactly(ONE);
    known = List.of(TWO, ONE);
    now = now.plusSeconds(9);
    assertThat(resolved("backend.test")).containsExactly(ONE);
    now = now.plusSeconds(2);
    assertThat(resolved("backend.test")).containsExactly(TWO, ONE);
    assertThat(lookups).hasValue(2);
  }

  @Test
  void manyWhoAskAtOnceShareOneLookup() throws Exception {
    List<CompletableFuture<List<InetAddress>>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.add(ask("backend.test"));
    }
    CompletableFuture<Void> allAsked = new CompletableFuture<>();
    loop.execute(() -> allAsked.complete(null));
    allAsked.get(20, TimeUnit.SECONDS);
    answer.countDown();
    for (CompletableFuture<List<InetAddress>> each : asked) {
      assertThat(each.get(20, TimeUnit.SECONDS)).containsExactly(ONE);
    }
    assertThat(lookups).hasValue(1);
  }

  @Test
  void anUnknownNameHasNoAddressAndIsNotRemembered() throws Exception {
    answer.countDown();
    known = List.of();
    assertThat(resolved("backend.test")).isEmpty();
    known = List.of(TWO);
    assertThat(resolved("backend.test")).containsExactly(TWO);
  }

  @Test
  void anAddressIsNotLookedUp() throws Exception {
    assertThat(resolved("192.0.2.2")).containsExactly(TWO);
    assertThat(resolved("[2001:db8::1]")).containsExactly(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(lookups).hasValue(0);
  }
}
