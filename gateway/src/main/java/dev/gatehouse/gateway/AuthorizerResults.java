package dev.gatehouse.gateway;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers of authorizers' functions, kept for their time, and asked for once however many requests
 * wait for the same one (http-api.md 9.6). Bounded by what they take of memory, most of which
 * callers and functions choose.
 */
final class AuthorizerResults {
  private static final long BYTES = 64L << 20;
  private static final int ENTRY_BYTES = 2_048;

  /** What a byte of an answer takes once it is read. */
  private static final int TREE = 8;

  /**
   * What an answer depends on. A list's elements cannot run into each other, as they could in one
   * text.
   *
   * @param era of the authorizer on its stage
   * @param identity the values of the identity sources
   */
  record Key(Era era, List<String> identity, int ttlSeconds) {}

  private final AsyncCache<Key, AuthorizerAnswer> kept;

  AuthorizerResults(Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .maximumWeight(BYTES)
            .weigher(AuthorizerResults::weight)
            .expireAfter(Expiry.creating(AuthorizerResults::lifetime))
            .buildAsync();
  }

  private static int weight(Key key, AuthorizerAnswer answer) {
    int identity = key.identity().stream().mapToInt(String::length).sum();
    return ENTRY_BYTES + identity + TREE * answer.bytes();
  }

  private static Duration lifetime(Key key, AuthorizerAnswer answer) {
    return answer instanceof AuthorizerAnswer.Failed
        ? Duration.ZERO
        : Duration.ofSeconds(key.ttlSeconds());
  }

  /** The answer that is kept or on its way; else the one to ask for. */
  CompletableFuture<AuthorizerAnswer> get(
      Key key, Supplier<CompletableFuture<AuthorizerAnswer>> ask) {
    if (key.ttlSeconds() == 0) {
      return ask.get();
    }
    CompletableFuture<AuthorizerAnswer> found = kept.getIfPresent(key);
    if (found != null && !isFailure(found)) {
      return found;
    }
    if (found != null) {
      kept.asMap().remove(key, found); // it has only just come, and is gone in a moment anyway
    }
    return kept.get(key, (missing, executor) -> ask.get());
  }

  private static boolean isFailure(CompletableFuture<AuthorizerAnswer> answer) {
    return answer.state() == CompletableFuture.State.SUCCESS
        && answer.resultNow() instanceof AuthorizerAnswer.Failed;
  }
}
