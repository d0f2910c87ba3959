package dev.gatehouse.client;

/** A backend of an API. */
public record Integration(String apiId, String id) {

  /** What a route's target is on AWS. */
  String target() {
    return "integrations/" + id;
  }
}
