package dev.gatehouse.lambda;

import java.util.List;

/**
 * A version of a layer as it is stored.
 *
 * @param sha256 of its archive, hexadecimal
 * @param size bytes of its archive
 * @param created as AWS writes it: {@code 2026-11-22T05:00:00.000+0000}
 */
record LayerVersion(
    int version,
    String sha256,
    long size,
    String description,
    String created,
    List<String> runtimes,
    List<String> architectures,
    String license) {
  LayerVersion {
    runtimes = List.copyOf(runtimes);
    architectures = List.copyOf(architectures);
  }
}
