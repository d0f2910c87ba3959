package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.upstream.UpstreamListener;
import dev.gatehouse.gateway.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's way to an upstream of its target, and to another one where that fails. Keeps the
 * target's counts right: every way begun ends once.
 */
public final class Passage {
  private static final int MOST_WAYS = 3;

  private final Target target;
  private final Worker worker;
  private final Upstreams upstreams;
  private final UpstreamListener listener;
  private @Nullable Endpoint endpoint;
  private List<Endpoint> failed = List.of();

  public Passage(Target target, Worker worker, Upstreams upstreams, UpstreamListener listener) {
    this.target = target;
    this.worker = worker;
    this.upstreams = upstreams;
    this.listener = listener;
  }

  /** Asks for a connection to an upstream; false where none is well. */
  public boolean begin() {
    return next();
  }

  /**
   * Asks for a connection to another upstream than the one that failed; false where none is left.
   */
  public boolean elsewhere() {
    Endpoint left = endpoint;
    if (left == null) {
      return false;
    }
    target.failed(left);
    end();
    failed = failed.isEmpty() ? new ArrayList<>(MOST_WAYS) : failed;
    failed.add(left);
    return failed.size() < MOST_WAYS && next();
  }

  private boolean next() {
    Endpoint chosen = target.choose(target.size() == 1 ? 0 : worker.randomBits(), failed);
    if (chosen == null) {
      return false;
    }
    endpoint = chosen;
    target.begin(chosen);
    upstreams.acquire(chosen.origin(), listener);
    return true;
  }

  /** Asks for a connection to the same upstream that nobody has used yet. */
  public void again() {
    if (endpoint != null) {
      upstreams.connect(endpoint.origin(), listener);
    }
  }

  /** Whether there are upstreams to choose from. */
  public boolean hasChoice() {
    return target.size() > 1;
  }

  /** The upstream has begun to answer. */
  public void answered() {
    if (endpoint != null) {
      target.answered(endpoint);
    }
  }

  /** The upstream did not answer, although it had the request. */
  public void unanswered() {
    if (endpoint != null) {
      target.failed(endpoint);
    }
  }

  /** The request is over, whatever came of it. */
  public void end() {
    Endpoint left = endpoint;
    endpoint = null;
    if (left != null) {
      target.end(left);
      upstreams.withdraw(left.origin(), listener);
    }
  }

  /** Where the request is or was last on its way to, for logs. */
  @Override
  public String toString() {
    return endpoint == null ? target.name() : endpoint.origin().toString();
  }
}
