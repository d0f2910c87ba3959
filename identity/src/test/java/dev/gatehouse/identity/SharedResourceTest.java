package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A caller's own policies and the resource's together (IAM user guide, "Policy evaluation logic"
 * [C]).
 */
class SharedResourceTest {
  private static final String ACTION = "lambda:InvokeFunction";
  private static final String USER = "arn:aws:iam::111111111111:user/u";
  private static final String ROLE = "arn:aws:iam::111111111111:role/r";
  private static final String SESSION = "arn:aws:sts::111111111111:assumed-role/r/s";

  @ParameterizedTest(name = "{0}, own policy {1}, resource in {2}: {3} for {4}: {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        USER + ", -, 111111111111, -, -, no",
        USER + ", Allow, 111111111111, -, -, yes",
        USER + ", -, 111111111111, Allow, " + USER + ", yes",
        USER + ", -, 111111111111, Allow, *, yes",
        USER + ", -, 111111111111, Allow, 111111111111, no",
        USER + ", Allow, 111111111111, Allow, 111111111111, yes",
        USER + ", Allow, 111111111111, Deny, 111111111111, no",
        USER + ", Allow, 111111111111, Deny, " + USER + ", no",
        USER + ", Allow, 111111111111, Deny, " + ROLE + ", yes",
        USER + ", Deny, 111111111111, Allow, " + USER + ", no",
        USER + ", -, 111111111111, Allow, " + ROLE + ", no",
        SESSION + ", -, 111111111111, Allow, " + ROLE + ", yes",
        SESSION + ", -, 111111111111, Allow, " + SESSION + ", yes",
        SESSION + ", Allow, 111111111111, Deny, " + ROLE + ", no",
        USER + ", Allow, 222222222222, -, -, no",
        USER + ", Allow, 222222222222, Allow, " + USER + ", yes",
        USER + ", Allow, 222222222222, Allow, 111111111111, yes",
        USER + ", -, 222222222222, Allow, " + USER + ", no",
        USER + ", Deny, 222222222222, Allow, " + USER + ", no",
        USER + ", Allow, 222222222222, Allow, 333333333333, no",
        USER + ", Allow, 222222222222, Deny, *, no",
      })
  void bothDecide(
      String caller,
      @Nullable String own,
      String owner,
      @Nullable String shared,
      @Nullable String principal,
      String allowed) {
    String function = "arn:aws:lambda:us-east-1:" + owner + ":function:f";
    Policy policy =
        shared == null
            ? null
            : Policy.parse(statement(shared, "\"Principal\":{\"AWS\":\"" + principal + "\"},"));
    Permission permission =
        permissions(own, null)
            .decide(caller(caller, null), new Access(ACTION, function, Context.nothing(), policy));
    assertThat(permission instanceof Permission.Allowed).isEqualTo(allowed.equals("yes"));
  }

  @ParameterizedTest
  @CsvSource({"Allow, true", "Deny, false"})
  void whatNarrowsASessionIsNotWidened(String narrowing, boolean allowed) {
    Policy policy = Policy.parse(statement("Allow", "\"Principal\":{\"AWS\":\"" + ROLE + "\"},"));
    String function = "arn:aws:lambda:us-east-1:111111111111:function:f";
    Access access = new Access(ACTION, function, Context.nothing(), policy);
    Caller session = caller(SESSION, statement(narrowing, ""));
    assertThat(permissions(null, null).decide(session, access) instanceof Permission.Allowed)
        .isEqualTo(allowed);
    Caller other = caller(SESSION, statement("Allow", "").replace(ACTION, "s3:GetObject"));
    assertThat(permissions(null, null).decide(other, access)).isInstanceOf(Permission.Denied.class);
    assertThat(permissions(null, "Deny").decide(caller(SESSION, null), access))
        .isInstanceOf(Permission.Denied.class);
  }

  private static String statement(String effect, String principal) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"%s\",%s\"Action\":\"%s\",\"Resource\":\"*\"}}"
        .formatted(effect, principal, ACTION);
  }

  private static Permissions permissions(@Nullable String own, @Nullable String boundary) {
    return new Permissions(
        identity -> new Grants.Holding.Policies(held(own), held(boundary)),
        InstantSource.fixed(Instant.EPOCH));
  }

  private static List<Policy> held(@Nullable String effect) {
    return effect == null ? List.of() : List.of(Policy.parseHeld(statement(effect, "")));
  }

  private static Caller caller(String arn, @Nullable String sessionPolicy) {
    Identity of = Identity.of("111111111111", arn);
    Identity identity =
        new Identity(of.account(), of.arn(), of.userId(), of.holder(), sessionPolicy);
    return new Caller(new Scope("111111111111", "us-east-1"), "lambda", "AKIA", identity);
  }
}
