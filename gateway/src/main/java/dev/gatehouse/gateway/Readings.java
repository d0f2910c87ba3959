package dev.gatehouse.gateway;

import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.gateway.meter.LoopReading;
import dev.gatehouse.gateway.meter.StageReading;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.gateway.upstream.Upstreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads the data plane for those who watch it. Off the event loops. */
final class Readings {
  private static final int PATIENCE_SECONDS = 1;

  private Readings() {}

  static GatewayReading of(
      Snapshot snapshot,
      List<StageReading> sockets,
      Services services,
      int clients,
      long heldBytes) {
    List<StageReading> stages = new ArrayList<>(sockets);
    snapshot
        .apis()
        .forEach((id, api) -> api.stages().values().forEach(stage -> stages.add(stage(stage))));
    Tracing tracing = services.ports().tracing();
    return new GatewayReading(
        List.copyOf(stages),
        loops(services),
        clients,
        heldBytes,
        services.unmatched().read(),
        tracing == null ? 0 : tracing.dropped());
  }

  private static StageReading stage(LiveStage stage) {
    return stage.meters().read(stage.scope(), stage.apiId(), stage.name());
  }

  /** Asks every loop at once; one that does not answer in time is told so. */
  private static List<LoopReading> loops(Services services) {
    Map<Worker, CompletableFuture<LoopReading>> asked = new HashMap<>();
    services
        .upstreams()
        .forEach((worker, upstreams) -> {
          long now = System.nanoTime();
          asked.put(
              worker,
              CompletableFuture.supplyAsync(() -> loop(worker, upstreams, now), worker.loop())
                  .completeOnTimeout(
                      new LoopReading(worker.index(), -1, 0, 0, 0),
                      PATIENCE_SECONDS,
                      TimeUnit.SECONDS));
        });
    return asked.values().stream().map(CompletableFuture::join).toList();
  }

  private static LoopReading loop(Worker worker, Upstreams upstreams, long asked) {
    return new LoopReading(
        worker.index(),
        System.nanoTime() - asked,
        upstreams.idle(),
        upstreams.open(),
        upstreams.waiting());
  }
}
