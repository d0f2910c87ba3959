package dev.gatehouse.server.watch;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/** The process and its Java machine, under the names that Prometheus's own Java client has. */
final class JvmFigures {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private JvmFigures() {}

  static List<MetricSnapshot> read() {
    List<MetricSnapshot> all = new ArrayList<>();
    addProcess(all);
    addMemory(all);
    all.add(collections());
    all.add(
        Figures.gauge(
            "jvm_threads_current",
            "Platform threads.",
            ManagementFactory.getThreadMXBean().getThreadCount()));
    return all;
  }

  private static void addProcess(List<MetricSnapshot> all) {
    all.add(
        Figures.gauge(
            "process_start_time_seconds",
            "Since the epoch.",
            ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      all.add(
          Figures.counter(
              "process_cpu_seconds", "User and system time.", system.getProcessCpuTime() / NANOS));
      all.add(
          Figures.gauge(
              "process_open_fds",
              "File descriptors.",
              (double) system.getOpenFileDescriptorCount()));
      all.add(
          Figures.gauge(
              "process_max_fds",
              "File descriptors there may be.",
              (double) system.getMaxFileDescriptorCount()));
    }
  }

  private static void addMemory(List<MetricSnapshot> all) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    all.add(areas("jvm_memory_used_bytes", "Memory in use.", heap.getUsed(), other.getUsed()));
    all.add(
        areas(
            "jvm_memory_committed_bytes",
            "Memory taken from the system.",
            heap.getCommitted(),
            other.getCommitted()));
    all.add(areas("jvm_memory_max_bytes", "Most there may be.", heap.getMax(), other.getMax()));
    GaugeSnapshot.Builder pools =
        GaugeSnapshot.builder().name("jvm_buffer_pool_used_bytes").help("Memory of buffers.");
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      pools.dataPoint(Figures.point((double) pool.getMemoryUsed(), "pool", pool.getName()));
    }
    all.add(pools.build());
  }

  private static MetricSnapshot areas(String name, String help, long heap, long other) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(Figures.point((double) heap, "area", "heap"))
        .dataPoint(Figures.point((double) other, "area", "nonheap"))
        .build();
  }

  private static MetricSnapshot collections() {
    SummarySnapshot.Builder summary =
        SummarySnapshot.builder()
            .name("jvm_gc_collection_seconds")
            .help("Time that the garbage collectors took.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      summary.dataPoint(
          SummarySnapshot.SummaryDataPointSnapshot.builder()
              .labels(Labels.of("gc", collector.getName()))
              .count(collector.getCollectionCount())
              .sum(collector.getCollectionTime() / MILLIS)
              .build());
    }
    return summary.build();
  }
}
