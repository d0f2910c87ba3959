package dev.gatehouse.identity;

import dev.gatehouse.wire.sigv4.Sha256;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who a credential stands for.
 *
 * @param account 12 digits
 * @param arn {@code arn:aws:iam::…:root}, {@code arn:aws:iam::…:user/…} or {@code
 *     arn:aws:sts::…:assumed-role/ROLE/SESSION}
 * @param userId AWS's unique id: the account's for its root, {@code AIDA…} for a user, {@code
 *     AROA…:SESSION} for a role's session
 * @param holder whose policies count: the ARN of a session's role, with its path, else {@code arn}
 * @param sessionPolicy a policy document that narrows what a session may do; null where it has none
 */
public record Identity(
    String account, String arn, String userId, String holder, @Nullable String sessionPolicy) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 17;

  /** An identity whose unique id follows from its ARN; a role's path is not in it. */
  public static Identity of(String account, String arn) {
    String holder = Principal.Arn.roleOf(arn);
    if (!holder.equals(arn)) {
      String session = arn.substring(arn.lastIndexOf('/') + 1);
      return new Identity(account, arn, id("AROA", holder) + ":" + session, holder, null);
    }
    String id = arn.contains(":user/") ? id("AIDA", arn) : account;
    return new Identity(account, arn, id, arn, null);
  }

  /** An account as a whole. */
  public static Identity root(String account) {
    return of(account, AccessKeys.root(account));
  }

  /** A unique id that follows from a text. */
  public static String id(String prefix, String text) {
    byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(hash[i] & 31));
    }
    return id.toString();
  }

  /** Whether this is an account as a whole. */
  public boolean isRoot() {
    return arn.equals(AccessKeys.root(account));
  }

  /** Whether this is a role's session. */
  public boolean isSession() {
    return !arn.equals(holder);
  }
}
