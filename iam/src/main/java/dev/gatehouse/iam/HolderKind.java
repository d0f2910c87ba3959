package dev.gatehouse.iam;

import dev.gatehouse.identity.Identity;

/** The principals that hold policies. */
enum HolderKind {
  ROLE(Kind.ROLE, "role", "Role", "RoleName", 64, 1_000, 10_240),
  USER(Kind.USER, "user", "User", "UserName", 64, 5_000, 2_048);

  /** How many managed policies one may have [C]. */
  static final int ATTACHED = 10;

  private final Kind kind;
  private final String word;
  private final String title;
  private final String nameMember;
  private final int longestName;
  private final int quota;
  private final int inlineCharacters;

  HolderKind(
      Kind kind,
      String word,
      String title,
      String nameMember,
      int longestName,
      int quota,
      int inlineCharacters) {
    this.kind = kind;
    this.word = word;
    this.title = title;
    this.nameMember = nameMember;
    this.longestName = longestName;
    this.quota = quota;
    this.inlineCharacters = inlineCharacters;
  }

  Kind kind() {
    return kind;
  }

  /** As ARNs and sentences write it. */
  String word() {
    return word;
  }

  /** As operations and members write it. */
  String title() {
    return title;
  }

  String nameMember() {
    return nameMember;
  }

  int quota() {
    return quota;
  }

  /** Characters of all inline policies together [C]. */
  int inlineCharacters() {
    return inlineCharacters;
  }

  /** The name that a call gives; a call about users that gives none is about the caller [C]. */
  String name(Call call) {
    if (this == USER && call.input().find(nameMember).isEmpty()) {
      Identity identity = call.caller().identity();
      if (identity.arn().contains(":user/")) {
        return identity.arn().substring(identity.arn().lastIndexOf('/') + 1);
      }
      throw Refusals.invalid("Must specify userName when calling with non-User credentials");
    }
    return Names.need(call.input(), nameMember, longestName);
  }

  String arn(String account, String path, String name) {
    return "arn:aws:iam::" + account + ":" + word + path + name;
  }

  /** The unique id that sessions and keys of it have too: it follows from the name. */
  String uniqueId(String account, String name) {
    return Identity.id(this == ROLE ? "AROA" : "AIDA", arn(account, "/", name));
  }
}
