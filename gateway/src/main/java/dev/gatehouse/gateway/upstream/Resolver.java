package dev.gatehouse.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Looks names up as the system does, but never on an event loop: the system's call blocks. It
 * blocks the thread under a virtual one, too, so it has a platform thread; one, however many
 * requests ask for the name meanwhile. Answers are kept for a few seconds.
 */
public final class Resolver {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int MOST_NAMES = 10_000;

  /** Asks for the addresses of a name; may block. */
  @FunctionalInterface
  public interface Lookup {
    /** All addresses, the first to be tried first. */
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  private record Answer(List<InetAddress> addresses, Instant until) {}

  private final InstantSource clock;
  private final Lookup lookup;
  private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> asked =
      new ConcurrentHashMap<>();

  /**
   * @param lookup how names are looked up: {@link InetAddress#getAllByName} is how the system does
   */
  public Resolver(InstantSource clock, Lookup lookup) {
    this.clock = clock;
    this.lookup = lookup;
  }

  /** Calls back on the event loop, at once where the answer is known; empty for an unknown name. */
  @SuppressWarnings("FutureReturnValueIgnored") // what it does is all there is to wait for
  void resolve(String host, EventLoop loop, Consumer<List<InetAddress>> then) {
    Answer answer = answers.get(host);
    if (answer != null && clock.instant().isBefore(answer.until())) {
      then.accept(answer.addresses());
      return;
    }
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      then.accept(List.of(address(host, literal)));
      return;
    }
    ask(host).thenAccept(addresses -> loop.execute(() -> then.accept(addresses)));
  }

  private static InetAddress address(String host, byte[] bytes) {
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    CompletableFuture<List<InetAddress>> fresh = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> before = asked.putIfAbsent(host, fresh);
    if (before != null) {
      return before;
    }
    Thread.ofPlatform()
        .daemon()
        .name("resolve")
        .start(() -> {
          List<InetAddress> addresses = lookUp(host);
          asked.remove(host);
          fresh.complete(addresses);
        });
    return fresh;
  }

  private List<InetAddress> lookUp(String host) {
    try {
      List<InetAddress> addresses = List.of(lookup.addresses(host));
      if (answers.size() >= MOST_NAMES) {
        answers.clear();
      }
      answers.put(host, new Answer(addresses, clock.instant().plus(KEPT)));
      return addresses;
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }
}
