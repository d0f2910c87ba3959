package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.model.Scope;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/logs";

  @TempDir Path data;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(data);
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Answer patch(String op, String path, String value) {
    return console.patch(
        "/account",
        "{\"patchOperations\":[{\"op\":\"%s\",\"path\":\"%s\",\"value\":\"%s\"}]}"
            .formatted(op, path, value));
  }

  @Test
  void anAccountHasItsThrottleSettings() {
    assertThat(
            console
                .get("/account")
                .ok(200)
                .is(
                    "{\"apiKeyVersion\":\"4\",\"features\":[\"UsagePlans\"],"
                        + "\"throttleSettings\":{\"burstLimit\":5000,\"rateLimit\":10000.0}}"))
        .isTrue();
  }

  @Test
  void webSocketApisLogUnderTheAccountsRole() {
    String stages = "/v2/apis/" + console.webSocketApi() + "/stages";
    String json = "{\"stageName\":\"s\",\"defaultRouteSettings\":{\"loggingLevel\":\"INFO\"}}";
    assertThat(console.post(stages, json).ok(400).message())
        .isEqualTo("CloudWatch Logs role ARN must be set in account settings to enable logging");
    assertThat(patch("replace", "/cloudwatchRoleArn", ROLE).ok(200).text("cloudwatchRoleArn"))
        .isEqualTo(ROLE);
    console.post(stages, json).ok(201);
    console.actAs(new Scope("000000000000", "eu-west-1"));
    assertThat(console.get("/account").body().has("cloudwatchRoleArn")).isFalse();
  }

  @Test
  void onlyTheRoleCanBePatched() {
    assertThat(patch("replace", "/features", "x").status()).isEqualTo(400);
    assertThat(patch("replace", "/cloudwatchRoleArn", "x").status()).isEqualTo(400);
    patch("replace", "/cloudwatchRoleArn", ROLE).ok(200);
    assertThat(patch("replace", "/cloudwatchRoleArn", "").ok(200).body().has("cloudwatchRoleArn"))
        .isFalse();
  }
}
