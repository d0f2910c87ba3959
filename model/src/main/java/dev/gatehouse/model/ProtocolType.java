package dev.gatehouse.model;

/** The protocol of an API, fixed at its creation. */
public enum ProtocolType {
  HTTP,
  WEBSOCKET
}
