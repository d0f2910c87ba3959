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
 * wait for the same one (http-api.md 9.6). Bounded by the number of characters that callers chose,
 * with something for what the function answered.
 */
final class AuthorizerResults {
  private static final long CHARACTERS = 16L << 20;
  private static final int ENTRY_CHARACTERS = 2_048;

  /**
   * What an answer depends on. A list's elements cannot run into each other, as they could in one
   * text.
   *
   * @param epoch the stage's, so that what was reset is not found
   * @param identity the values of the identity sources
   */
  record Key(
      String apiId,
      String stage,
      Object epoch,
      LambdaAuthorizer authorizer,
      List<String> identity) {}

  private final AsyncCache<Key, AuthorizerAnswer> kept;

  AuthorizerResults(Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .maximumWeight(CHARACTERS)
            .weigher(AuthorizerResults::weight)
            .expireAfter(Expiry.creating(AuthorizerResults::lifetime))
            .buildAsync();
  }

  private static int weight(Key key, AuthorizerAnswer answer) {
    return ENTRY_CHARACTERS + key.identity().stream().mapToInt(String::length).sum();
  }

  private static Duration lifetime(Key key, AuthorizerAnswer answer) {
    return answer instanceof AuthorizerAnswer.Failed
        ? Duration.ZERO
        : Duration.ofSeconds(key.authorizer().ttlSeconds());
  }

  /** The answer that is kept or on its way; else the one to ask for. */
  CompletableFuture<AuthorizerAnswer> get(
      Key key, Supplier<CompletableFuture<AuthorizerAnswer>> ask) {
    return key.authorizer().ttlSeconds() == 0
        ? ask.get()
        : kept.get(key, (missing, executor) -> ask.get());
  }
}
