package dev.gatehouse.gateway.meter;

import java.util.List;

/**
 * How the data plane is.
 *
 * @param clients open connections of clients
 * @param heldBytes bytes of bodies that are held
 * @param unmatched requests that were for no stage
 * @param droppedSpans spans that nobody will see
 */
public record GatewayReading(
    List<StageReading> stages,
    List<LoopReading> loops,
    int clients,
    long heldBytes,
    Reading unmatched,
    long droppedSpans) {}
