package dev.gatehouse.model;

/** How a route decides who may call it. */
public enum AuthorizationType {
  NONE,
  AWS_IAM,
  CUSTOM,
  JWT
}
