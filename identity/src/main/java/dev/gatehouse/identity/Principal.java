package dev.gatehouse.identity;

/** Who asks for access. */
public sealed interface Principal {

  /** An AWS service, such as {@code apigateway.amazonaws.com}. */
  record Service(String name) implements Principal {}

  /** An account as a whole: its 12 digits. */
  record Account(String id) implements Principal {}

  /** A user or an assumed role, by its ARN. */
  record Arn(String arn) implements Principal {}
}
