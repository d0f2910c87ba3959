package dev.gatehouse.iam;

import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Identity;
import dev.gatehouse.identity.TemporaryCredentials;
import dev.gatehouse.wire.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes temporary credentials for those who may have them. */
record Sessions(Assumption assumption, TemporaryCredentials credentials, InstantSource clock) {
  private static final Pattern ROLE =
      Pattern.compile("arn:aws:iam::([0-9]{12}):role(/(?:[!-~]+/)?)([\\w+=,.@-]{1,64})");
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final int LEAST_SECONDS = 900;
  private static final int SESSION_SECONDS = 43_200;
  private static final int LONGEST_SECONDS = 129_600;

  /** What would narrow or mark a session, so that leaving it out would give more than was asked. */
  private static final List<String> NOT_BUILT =
      List.of(
          "PolicyArns", "Tags", "TransitiveTagKeys", "SourceIdentity", "SerialNumber", "TokenCode");

  ObjectNode assumeRole(Call call) {
    refuseNotBuilt(call);
    String roleArn = call.input().need("RoleArn");
    String session = call.input().need("RoleSessionName");
    Matcher role = ROLE.matcher(roleArn);
    if (!role.matches()) {
      throw Refusals.invalid(roleArn + " is invalid");
    }
    if (!SESSION.matcher(session).matches()) {
      throw Refusals.invalid(
          "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"
              .formatted(session));
    }
    int longest = assumption.check(call, roleArn);
    int seconds = seconds(call, Roles.USUAL_SECONDS, SESSION_SECONDS);
    if (seconds > longest) {
      throw Refusals.invalid(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    String account = role.group(1);
    String arn = "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account, role.group(3), session);
    String id = HolderKind.ROLE.uniqueId(account, role.group(3)) + ":" + session;
    ObjectNode result =
        minted(new Identity(account, arn, id, roleArn, sessionPolicy(call)), seconds);
    result.putObject("AssumedRoleUser").put("AssumedRoleId", id).put("Arn", arn);
    return result;
  }

  /** The caller's own rights for a time; a session cannot ask for more time [C]. */
  ObjectNode sessionToken(Call call) {
    refuseNotBuilt(call);
    Identity identity = call.caller().identity();
    if (identity.isSession() || call.caller().accessKeyId().startsWith("ASIA")) {
      throw Refusals.denied("Cannot call GetSessionToken with session credentials");
    }
    return minted(identity, seconds(call, SESSION_SECONDS, LONGEST_SECONDS));
  }

  private ObjectNode minted(Identity identity, int seconds) {
    Credential credential = credentials.mint(identity, Duration.ofSeconds(seconds));
    ObjectNode result = Trees.object();
    result
        .putObject("Credentials")
        .put("AccessKeyId", credential.accessKeyId())
        .put("SecretAccessKey", credential.secretAccessKey())
        .put("SessionToken", Objects.requireNonNull(credential.sessionToken()))
        .put(
            "Expiration",
            clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString());
    return result;
  }

  private static int seconds(Call call, int usual, int most) {
    String text = call.input().find("DurationSeconds").orElse("" + usual);
    int seconds = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (seconds < LEAST_SECONDS || seconds > most) {
      throw Refusals.invalid(
          "1 validation error detected: Value '%s' at 'durationSeconds' failed to satisfy constraint: Member must have value between %d and %d"
              .formatted(text, LEAST_SECONDS, most));
    }
    return seconds;
  }

  /** In one line, as tokens keep it. */
  private static @Nullable String sessionPolicy(Call call) {
    if (!call.input().has("Policy")) {
      return null;
    }
    String document = Documents.held(call.input().need("Policy"), 2_048);
    return Json.mapper().readTree(document).toString();
  }

  private static void refuseNotBuilt(Call call) {
    for (String member : NOT_BUILT) {
      if (call.input().has(member)) {
        throw Refusals.notBuilt(call.input().action() + " with " + member);
      }
    }
  }
}
