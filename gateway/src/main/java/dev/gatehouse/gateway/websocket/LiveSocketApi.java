package dev.gatehouse.gateway.websocket;

import java.util.Map;

/** A WebSocket API with the stages that have been deployed, by name. */
public record LiveSocketApi(String apiId, Map<String, LiveSocketStage> stages) {}
