package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:presign";
  private static final String SOURCE =
      "arn:aws:execute-api:eu-west-1:111122223333:abc/$default/GET/pets/{id}";
  private static final Principal GATEWAY = new Principal.Service("apigateway.amazonaws.com");

  private static boolean allows(String... statements) {
    return allows(GATEWAY, FUNCTION, statements);
  }

  private static boolean allows(Principal principal, String resource, String... statements) {
    return policy(statements)
        .allows(
            new AccessRequest(
                principal,
                "lambda:InvokeFunction",
                resource,
                Map.of("aws:SourceArn", SOURCE, "aws:SourceAccount", "111122223333")));
  }

  private static Policy policy(String... statements) {
    return Policy.parse(
        "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":["
            + String.join(",", statements)
            + "]}");
  }

  private static String statement(String effect, String principal, String action, String more) {
    return """
    {"Sid":"s","Effect":"%s","Principal":%s,"Action":"%s","Resource":"%s"%s}\
    """
        .formatted(effect, principal, action, FUNCTION, more);
  }

  private static String gateway(String effect, String condition) {
    return statement(
        effect,
        "{\"Service\":\"apigateway.amazonaws.com\"}",
        "lambda:InvokeFunction",
        condition.isEmpty() ? "" : ",\"Condition\":" + condition);
  }

  @Test
  void whatLambdaWritesAllowsTheGateway() {
    assertThat(allows(gateway("Allow", ""))).isTrue();
    assertThat(
            allows(
                gateway(
                    "Allow",
                    """
                    {"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:eu-west-1:111122223333:abc/*"},
                     "StringEquals":{"AWS:SourceAccount":"111122223333"}}\
                    """)))
        .isTrue();
  }

  @Test
  void nothingIsAllowedByNothing() {
    assertThat(allows()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "lambda:InvokeFunction, true",
    "lambda:invokefunction, true",
    "lambda:*, true",
    "lambda:Invoke*, true",
    "lambda:Invoke?unction, true",
    "*, true",
    "lambda:GetFunction, false",
    "lambda:Invoke, false",
    "s3:*, false",
  })
  void actionsMayHaveWildcards(String action, boolean allowed) {
    assertThat(allows(statement("Allow", "\"*\"", action, ""))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:execute-api:eu-west-1:111122223333:abc/*, true",
    "arn:aws:execute-api:eu-west-1:111122223333:abc/*/*/pets/{id}, true",
    "arn:aws:execute-api:*:111122223333:abc/*/GET/pets/{id}, true",
    "arn:aws:execute-api:eu-west-?:*:*, true",
    "arn:*:execute-api:*:*:*, true",
    "*, true",
    "arn:aws:execute-api:eu-west-1:111122223333:xyz/*, false",
    "arn:aws:execute-api:eu-west-1:111122223333:ABC/*, false",
    "arn:aws:execute-api:eu-west-1:999999999999:abc/*, false",
    "arn:aws:*, false",
    "arn:aws:execute-api:*, false",
    "arn:aws:execute-api:*:abc/*, false",
    "arn:aws:execute-api:eu-west-1:111122223333:abc/*/POST/*, false",
  })
  void arnsAreMatchedPartByPart(String pattern, boolean allowed) {
    for (String operator : new String[] {"ArnLike", "ArnEquals"}) {
      assertThat(
              allows(
                  gateway(
                      "Allow", "{\"%s\":{\"aws:SOURCEarn\":\"%s\"}}".formatted(operator, pattern))))
          .isEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, 111122223333, true",
    "StringEquals, 1111*, false",
    "StringLike, 1111*, true",
    "StringLike, 2*, false",
  })
  void stringsAreMatched(String operator, String value, boolean allowed) {
    assertThat(
            allows(
                gateway(
                    "Allow", "{\"%s\":{\"aws:SourceAccount\":\"%s\"}}".formatted(operator, value))))
        .isEqualTo(allowed);
  }

  @Test
  void oneOfSeveralValuesIsEnoughButEveryConditionMustHold() {
    assertThat(
            allows(
                gateway(
                    "Allow",
                    "{\"StringEquals\":{\"aws:SourceAccount\":[\"1\",\"111122223333\"]}}")))
        .isTrue();
    assertThat(
            allows(
                gateway(
                    "Allow",
                    """
                    {"StringEquals":{"aws:SourceAccount":"111122223333"},
                     "ArnLike":{"aws:SourceArn":"arn:aws:s3:::x"}}\
                    """)))
        .isFalse();
  }

  @Test
  void aMissingKeyDoesNotMatch() {
    assertThat(allows(gateway("Allow", "{\"StringLike\":{\"lambda:EventSourceToken\":\"*\"}}")))
        .isFalse();
  }

  @Test
  void denyWins() {
    assertThat(allows(gateway("Allow", ""), gateway("Deny", ""))).isFalse();
    assertThat(allows(gateway("Deny", ""), gateway("Allow", ""))).isFalse();
    assertThat(
            allows(
                gateway("Allow", ""),
                gateway("Deny", "{\"StringEquals\":{\"aws:SourceAccount\":\"9\"}}")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"IpAddress\":{\"aws:SourceAccount\":\"everywhere\"}}",
        "{\"NumericEquals\":{\"aws:SourceAccount\":\"many\"}}",
        "{\"ForSomeValues:StringLike\":{\"aws:SourceAccount\":\"*\"}}",
        "{\"stringequals\":{\"aws:SourceAccount\":\"111122223333\"}}",
      })
  void whatIsNotUnderstoodStaysShut(String condition) {
    assertThat(allows(gateway("Allow", condition))).isFalse();
    assertThat(allows(gateway("Allow", ""), gateway("Deny", condition))).isFalse();
  }

  @Test
  void elementsThatAreNotKnownStayShut() {
    String more =
        "{\"Effect\":\"%s\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Unless\":\"x\"}";
    assertThat(allows(more.formatted("Allow"))).isFalse();
    assertThat(allows(gateway("Allow", ""), more.formatted("Deny"))).isFalse();
    String both =
        "{\"Effect\":\"%s\",\"Principal\":\"*\",\"Action\":\"*\",\"NotAction\":\"s3:*\","
            + "\"Resource\":\"*\"}";
    assertThat(allows(both.formatted("Allow"))).isFalse();
    assertThat(allows(gateway("Allow", ""), both.formatted("Deny"))).isFalse();
    String nobody = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
    assertThat(allows(nobody)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"*\"|true",
        "{\"AWS\":\"*\"}|true",
        "{\"AWS\":\"111122223333\"}|true",
        "{\"AWS\":[\"999999999999\",\"arn:aws:iam::111122223333:root\"]}|true",
        "{\"AWS\":\"arn:aws:iam::111122223333:role/r\"}|true",
        "{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/s\"}|true",
        "{\"AWS\":\"arn:aws:iam::111122223333:role/r2\"}|false",
        "{\"AWS\":\"999999999999\"}|false",
        "{\"Service\":\"apigateway.amazonaws.com\"}|false",
      })
  void arnsAndAccountsArePrincipals(String principal, boolean allowed) {
    Principal role = new Principal.Arn("arn:aws:sts::111122223333:assumed-role/r/s");
    assertThat(allows(role, FUNCTION, statement("Allow", principal, "*", ""))).isEqualTo(allowed);
  }

  @Test
  void anotherServiceIsNotTheGateway() {
    assertThat(allows(new Principal.Service("s3.amazonaws.com"), FUNCTION, gateway("Allow", "")))
        .isFalse();
  }

  @Test
  void anUnqualifiedPolicyDoesNotCoverAQualifiedFunction() {
    assertThat(allows(GATEWAY, FUNCTION + ":live", gateway("Allow", ""))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "{\"Statement\":\"x\"}",
        "{\"Statement\":[1]}",
        "{\"Statement\":[{\"Effect\":\"allow\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":{\"a\":1}}]}",
        "{\"Statement\":[{\"Effect\":\"Deny\",\"Condition\":\"x\"}]}",
        "{\"Statement\":[{\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":\"x\"}}]}",
        "{\"Statement\":[{\"Effect\":\"Deny\",\"Condition\":{\"StringEquals\":{}}}]}",
      })
  void whatIsNoPolicyIsRefused(String json) {
    assertThatThrownBy(() -> Policy.parse(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void globsTakeBoundedTime() {
    String pattern = "*a".repeat(1000) + "b";
    long start = System.nanoTime();
    assertThat(Glob.matches(pattern, "a".repeat(20_000))).isFalse();
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(Glob.matches("**", "")).isTrue();
    assertThat(Glob.matches("", "")).isTrue();
    assertThat(Glob.matches("?", "")).isFalse();
    assertThat(Glob.matches("a*c*e", "abcde")).isTrue();
    assertThat(Glob.matches("a*c*e", "abcdef")).isFalse();
  }
}
