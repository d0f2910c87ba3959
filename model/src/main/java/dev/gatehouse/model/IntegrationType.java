package dev.gatehouse.model;

/** What kind of backend an integration calls. HTTP APIs know only the two proxy types. */
public enum IntegrationType {
  AWS,
  HTTP,
  MOCK,
  HTTP_PROXY,
  AWS_PROXY
}
