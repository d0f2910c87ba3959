package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A child process with its Runtime API. Runs one invocation at a time. */
final class FunctionProcess {
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Usage USAGE = new Usage(Path.of("/proc"));
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final ProcessPlan plan;
  private final InstantSource clock;
  private final InvocationLog log;
  private final RuntimeSession session = new RuntimeSession(this::finish);
  private final RuntimeServer server;
  private final TemporaryDirectory temporary;
  private final Users users;
  private final CpuShares cpu;
  private final OptionalInt user;
  private final Process process;
  private final OutputPump pump;
  private final Instant begun;
  private final AtomicLong startNanos = new AtomicLong();
  private volatile boolean used;
  private volatile boolean busy;
  private volatile Instant runningSince;
  private volatile CompletableFuture<byte[]> logged = new CompletableFuture<>();

  private FunctionProcess(Supervisor supervisor, ProcessPlan plan, InstantSource clock)
      throws IOException {
    this.plan = plan;
    this.clock = clock;
    String stream = plan.start().logStream();
    this.log =
        new InvocationLog(
            line -> plan.start().log(stream, line), plan.start()::logsPressed, plan.version());
    this.begun = clock.instant();
    this.runningSince = begun;
    this.server =
        RuntimeServer.start(
            new RuntimeApi(session, plan.version()), this::isOurs, Failures.MAX_RESPONSE);
    this.temporary = new TemporaryDirectory(plan.temporary(), server.authority());
    this.users = supervisor.users();
    this.cpu = supervisor.cpu();
    FileView view;
    try {
      view = supervisor.views().of(plan, temporary.path());
      this.user = view.open() ? users.take() : OptionalInt.empty();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    try {
      temporary.create(user);
      cpu.create(name());
      Path tmp = view.ownTmp() ? FileView.TMP : temporary.path();
      ProcessStart.Place place = new ProcessStart.Place(server.authority(), tmp, stream);
      this.process =
          supervisor.start(
              plan,
              new Confinement(cpu.joining(name()), view, user),
              plan.start().command(place),
              plan.start().environment(place));
    } catch (IOException e) {
      server.close();
      temporary.close();
      cpu.remove(name());
      users.giveBack(user);
      throw e;
    }
    this.pump = OutputPump.start(process, log);
  }

  static FunctionProcess start(Supervisor supervisor, ProcessPlan plan, InstantSource clock)
      throws IOException {
    FunctionProcess started = new FunctionProcess(supervisor, plan, clock);
    supervisor.watch().add(started);
    var _ = started.process.onExit().thenRun(() -> supervisor.watch().remove(started));
    var _ = started.process.onExit().thenAccept(ended -> started.ended(ended.exitValue()));
    var _ = started.session.started().thenRun(started::markStart);
    return started;
  }

  /** Completes when the process asks for its first event, or cannot. */
  CompletableFuture<RuntimeSession.Started> started() {
    return session.started();
  }

  /** Completes when the process and its group are gone. */
  CompletableFuture<Process> exited() {
    return process.onExit();
  }

  Instant begun() {
    return begun;
  }

  byte[] logTail() {
    return log.tail();
  }

  /** Runs an invocation in this process, which waits for one, up to its deadline. */
  Execution execute(Invocation invocation) throws InterruptedException {
    if (group() >= 0 && USAGE.gone(group())) { // it died while idle, and the news is on its way
      return Execution.without(new Ending.NotDelivered(), log.tail());
    }
    CompletableFuture<byte[]> tail = new CompletableFuture<>();
    logged = tail;
    runningSince = clock.instant();
    busy = true;
    log.start(invocation.requestId(), !used);
    Running running = session.run(invocation);
    Ending ending = await(running, Duration.between(runningSince, invocation.deadline()));
    if (ending instanceof Ending.TimedOut || ending instanceof Ending.Exited) {
      stop();
      log.line(remark(invocation, ending));
      finish(running);
    }
    return new Execution(ending, tail, running.back());
  }

  private static Ending await(Running running, Duration limit) throws InterruptedException {
    try {
      return running.ending().get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.ending().complete(new Ending.TimedOut());
      return running.ending().join(); // the process may have been quicker after all
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String remark(Invocation invocation, Ending ending) {
    return ending instanceof Ending.TimedOut
        ? Failures.timedOutAt(clock.instant(), invocation.requestId(), plan.timeout())
        : Failures.exited(invocation.requestId(), ending);
  }

  /** After an ending, before the process may go on: closes the invocation's log. */
  private void finish(Running running) {
    Duration duration = Duration.between(runningSince, clock.instant());
    await(pump.mark(running.invocation().requestId()), DRAIN);
    Duration start = used ? Duration.ZERO : Duration.ofNanos(startNanos.get());
    used = true;
    log.end(
        new InvocationLog.Report(
            running.invocation().requestId(),
            duration,
            start,
            plan.memorySize(),
            memoryUsed(),
            Failures.status(running.ending().join())));
    busy = false;
    logged.complete(log.tail());
  }

  ProcessPlan plan() {
    return plan;
  }

  Path temporary() {
    return temporary.path();
  }

  /** Whether it runs an invocation, or starts. */
  boolean busy() {
    return busy || !session.started().isDone();
  }

  /** The id of its process group; below zero while there is none. */
  long group() {
    return pump.group().isDone() && !pump.group().isCompletedExceptionally()
        ? pump.group().join()
        : -1;
  }

  /** Ends it because it uses more than it may. */
  void endFor(String excess) {
    log.line("The process was ended for its " + excess);
    Thread.startVirtualThread(this::stop);
  }

  /** Kills the whole group and waits until it is gone. */
  void stop() {
    try {
      process.getOutputStream().close(); // the supervisor takes this as its sign
    } catch (IOException e) {
      // It has gone already.
    }
    if (!await(process.onExit(), STOP)) {
      destroy();
    }
    await(pump.done(), STOP);
  }

  /** The supervisor last: on a machine that is only slow it still looks for what left the group. */
  private void destroy() {
    process
        .children()
        .filter(it -> it.pid() == group())
        .forEach(leader -> {
          leader.descendants().forEach(ProcessHandle::destroyForcibly);
          leader.destroyForcibly();
        });
    if (!await(process.onExit(), PATIENCE)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void ended(int status) {
    try {
      process.getOutputStream().close(); // a watcher may have outlived the supervisor's shell
    } catch (IOException e) {
      // So there is none.
    }
    session.exited(Failures.reason(status));
    server.close();
    Thread.startVirtualThread(() -> {
      await(pump.done(), STOP);
      temporary.close();
      cpu.remove(name());
      users.giveBack(user);
    });
  }

  private String name() {
    return String.valueOf(temporary.path().getFileName());
  }

  private void markStart() {
    cpu.hold(name(), plan.memorySize());
    startNanos.set(Duration.between(begun, clock.instant()).toNanos());
  }

  private boolean isOurs(InetSocketAddress peer) {
    String authority = server.authority();
    int port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    return await(pump.group(), STOP)
        && new ProcessPeers(Path.of("/proc"), port).inSession(peer, pump.group().join());
  }

  /** Megabytes at the most so far; zero where the system does not say. */
  private long memoryUsed() {
    try (var lines = Files.lines(Path.of("/proc/" + group() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean await(CompletableFuture<?> future, Duration limit) {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
