package dev.gatehouse.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.ControlApi;
import dev.gatehouse.control.ControlSettings;
import dev.gatehouse.control.EndpointTemplate;
import dev.gatehouse.control.RandomIds;
import dev.gatehouse.control.usage.UsageCounts;
import dev.gatehouse.gateway.spi.ApiKeyGuard.Admitted;
import dev.gatehouse.gateway.spi.ApiKeyGuard.Exhausted;
import dev.gatehouse.gateway.spi.ApiKeyGuard.KeyedStage;
import dev.gatehouse.gateway.spi.ApiKeyGuard.Outcome;
import dev.gatehouse.gateway.spi.ApiKeyGuard.Refused;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.SqliteStore;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ring behind the control API and the store that keys come from. */
class KeyRingTest {
  private static final Scope SCOPE = new Scope("000000000000", "us-east-1");
  private static final String VALUE = "a-value-of-twenty-characters";

  @TempDir Path data;
  private SqliteStore store;
  private UsageCounts usage;
  private ControlApi control;
  private KeyRing ring;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private long nanos;
  private long seen;
  private String api;

  @BeforeEach
  void open() throws Exception {
    store = SqliteStore.open(data);
    usage = UsageCounts.open(data.resolve("usage"));
    ControlSettings settings =
        ControlSettings.of(new EndpointTemplate("http://{apiId}", "ws://{apiId}"));
    control = new ControlApi(store, settings, () -> now, new RandomIds(), usage);
    ring = new KeyRing(usage, () -> now, () -> nanos);
    ring.load(store.head());
    seen = store.revision();
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    usage.close();
  }

  private JsonNode send(String method, String target, String json) throws Exception {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    HttpCall call =
        new HttpCall(
            method,
            target,
            Headers.of(),
            new ByteArrayInputStream(body),
            body.length,
            InetSocketAddress.createUnresolved("localhost", 1),
            false);
    HttpReply reply = control.handle(new Caller(SCOPE, "apigateway", "test", "arn"), call);
    ring.changed(store.changesSince(seen, store.revision()));
    seen = store.revision();
    assertThat(reply.status()).isBetween(200, 202);
    return Json.mapper().readTree(((HttpReply.Bytes) reply.content()).bytes());
  }

  private String plan(String members) throws Exception {
    api =
        send(
                "POST",
                "/v2/apis",
                "{\"name\":\"a\",\"protocolType\":\"WEBSOCKET\","
                    + "\"routeSelectionExpression\":\"$request.body.a\"}")
            .path("apiId")
            .asString();
    send("POST", "/v2/apis/" + api + "/stages", "{\"stageName\":\"s\"}");
    String json =
        "{\"name\":\"p\",\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"s\"}]%s}"
            .formatted(api, members);
    return send("POST", "/usageplans", json).path("id").asString();
  }

  private String key(String plan, String value) throws Exception {
    String id =
        send("POST", "/apikeys", "{\"enabled\":true,\"value\":\"" + value + "\"}")
            .path("id")
            .asString();
    send(
        "POST",
        "/usageplans/" + plan + "/keys",
        "{\"keyId\":\"" + id + "\",\"keyType\":\"API_KEY\"}");
    return id;
  }

  private Outcome take(String value) {
    return ring.take(new KeyedStage(SCOPE, api, "s"), "$connect", value);
  }

  @Test
  void aKeyOpensTheStagesOfItsPlansWhileItIsEnabled() throws Exception {
    String plan = plan("");
    String id = key(plan, VALUE);
    assertThat(take(VALUE)).isEqualTo(new Admitted(id));
    assertThat(take(null)).isEqualTo(new Refused());
    assertThat(take("another-value-of-twenty")).isEqualTo(new Refused());
    assertThat(ring.take(new KeyedStage(SCOPE, api, "t"), "$connect", VALUE))
        .isEqualTo(new Refused());
    assertThat(
            ring.take(
                new KeyedStage(new Scope("111111111111", "us-east-1"), api, "s"),
                "$connect",
                VALUE))
        .isEqualTo(new Refused());
    String patch =
        "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/enabled\",\"value\":\"%s\"}]}";
    send("PATCH", "/apikeys/" + id, patch.formatted("false"));
    assertThat(take(VALUE)).isEqualTo(new Refused());
    send("PATCH", "/apikeys/" + id, patch.formatted("true"));
    assertThat(take(VALUE)).isEqualTo(new Admitted(id));
    send("DELETE", "/usageplans/" + plan + "/keys/" + id, "");
    assertThat(take(VALUE)).isEqualTo(new Refused());
  }

  @Test
  void rateAndQuotaHoldForEachKeyAndStandAfterARestart() throws Exception {
    String plan =
        plan(
            ",\"throttle\":{\"rateLimit\":1,\"burstLimit\":2},"
                + "\"quota\":{\"limit\":3,\"period\":\"DAY\"}");
    key(plan, VALUE);
    String other = key(plan, VALUE + "-2");
    assertThat(take(VALUE)).isInstanceOf(Admitted.class);
    assertThat(take(VALUE)).isInstanceOf(Admitted.class);
    assertThat(take(VALUE)).isEqualTo(new Exhausted());
    assertThat(take(VALUE + "-2")).isEqualTo(new Admitted(other));
    nanos += TimeUnit.SECONDS.toNanos(1);
    assertThat(take(VALUE)).isInstanceOf(Admitted.class);
    nanos += TimeUnit.SECONDS.toNanos(9);
    assertThat(take(VALUE)).isEqualTo(new Exhausted());
    usage.close();
    usage = UsageCounts.open(data.resolve("usage"));
    ring = new KeyRing(usage, () -> now, () -> nanos);
    ring.load(store.head());
    assertThat(take(VALUE)).isEqualTo(new Exhausted());
    now = now.plusSeconds(86_400);
    nanos += TimeUnit.SECONDS.toNanos(9);
    assertThat(take(VALUE)).isInstanceOf(Admitted.class);
  }

  /** Ten thousand in the soak. */
  @Test
  void everyKeyOfManyHasItsOwnQuota() throws Exception {
    int keys = Integer.getInteger("gatehouse.keys", 100);
    String plan = plan(",\"quota\":{\"limit\":1,\"period\":\"MONTH\"}");
    for (int i = 0; i < keys; i++) {
      key(plan, VALUE + "-" + i);
    }
    for (int i = 0; i < keys; i++) {
      assertThat(take(VALUE + "-" + i)).isInstanceOf(Admitted.class);
      assertThat(take(VALUE + "-" + i)).isEqualTo(new Exhausted());
    }
    ring = new KeyRing(usage, () -> now, () -> nanos);
    ring.load(store.head());
    for (int i = 0; i < keys; i++) {
      assertThat(take(VALUE + "-" + i)).isEqualTo(new Exhausted());
    }
  }

  @Test
  void zeroLetsNoRequestThrough() throws Exception {
    key(plan(",\"throttle\":{\"rateLimit\":0,\"burstLimit\":0}"), VALUE);
    assertThat(take(VALUE)).isEqualTo(new Exhausted());
  }

  @Test
  void aRouteOfAStageHasItsOwnRate() throws Exception {
    String plan = plan("");
    key(plan, VALUE);
    send(
        "PATCH",
        "/usageplans/" + plan,
        "{\"patchOperations\":[{\"op\":\"replace\",\"value\":\"1\",\"path\":\"/apiStages/"
            + api
            + ":s/throttle/$connect/burstLimit\"}]}");
    assertThat(take(VALUE)).isInstanceOf(Admitted.class);
    assertThat(take(VALUE)).isEqualTo(new Exhausted());
  }
}
