package dev.gatehouse.iam;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Shelf;

/** What there are rows of. IAM knows no regions. */
enum Kind {
  ROLE("iam-role"),
  USER("iam-user"),
  POLICY("iam-policy"),
  ACCESS_KEY("iam-access-key");

  static final int SCHEMA = 1;
  private static final String EVERYWHERE = "aws-global";

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  Shelf shelf(String account) {
    return new Shelf(new Scope(account, EVERYWHERE), text, "");
  }
}
