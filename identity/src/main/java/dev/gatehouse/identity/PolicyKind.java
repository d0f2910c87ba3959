package dev.gatehouse.identity;

/** What a policy belongs to, which says what its statements name. */
enum PolicyKind {
  /** A principal: it speaks of who holds it, so it names none. */
  HELD(false, true),
  /** A resource: it names who may do what to it. */
  RESOURCE(true, true),
  /** A role: it names who may assume it, and no resource, since that is the role. */
  TRUST(true, false);

  private final boolean namesPrincipals;
  private final boolean namesResources;

  PolicyKind(boolean namesPrincipals, boolean namesResources) {
    this.namesPrincipals = namesPrincipals;
    this.namesResources = namesResources;
  }

  boolean namesPrincipals() {
    return namesPrincipals;
  }

  boolean namesResources() {
    return namesResources;
  }
}
