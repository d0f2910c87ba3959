package dev.gatehouse.server.config;

/** The configuration cannot be used; the message says where, and what is expected there. */
public final class WrongConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A sentence for the person who wrote the configuration; never with a secret. */
  public WrongConfiguration(String message) {
    super(message);
  }
}
