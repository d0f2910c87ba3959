package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
  private static final String VALUE = "a-value-of-twenty-characters";

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

  @Test
  void aKeyHidesItsValueUnlessAskedForIt() {
    Answer made = console.post("/apikeys", "{\"name\":\"k\",\"enabled\":true}").ok(201);
    assertThat(made.text("id")).matches("[a-z0-9]{10}");
    assertThat(made.text("value")).hasSize(40);
    assertThat(made.body().get("createdDate").asLong()).isEqualTo(Console.START.getEpochSecond());
    String path = "/apikeys/" + made.text("id");
    assertThat(console.get(path).ok(200).body().has("value")).isFalse();
    assertThat(console.get(path + "?includeValue=true").text("value"))
        .isEqualTo(made.text("value"));
    assertThat(console.get("/apikeys?includeValues=true").body().at("/item/0/value").asString())
        .isEqualTo(made.text("value"));
    Answer patched =
        console
            .patch(
                path,
                "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/enabled\",\"value\":\"false\"}]}")
            .ok(200);
    assertThat(patched.body().get("enabled").asBoolean()).isFalse();
    console.delete(path).ok(202);
    assertThat(console.get(path).text("message")).isEqualTo("Invalid API Key identifier specified");
  }

  @Test
  void valuesAreLongEnoughAndEachIsThereOnce() {
    assertThat(console.post("/apikeys", "{\"value\":\"short\"}").status()).isEqualTo(400);
    console.post("/apikeys", "{\"value\":\"" + VALUE + "\"}").ok(201);
    assertThat(console.post("/apikeys", "{\"value\":\"" + VALUE + "\"}").status()).isEqualTo(409);
    assertThat(console.get("/apikeys").body().at("/item/0/enabled").asBoolean(true)).isFalse();
  }

  @Test
  void keysAreListedInPagesAndByName() {
    for (int i = 0; i < 5; i++) {
      console.post("/apikeys", "{\"name\":\"n" + i % 2 + "\"}").ok(201);
    }
    Answer page = console.get("/apikeys?limit=3").ok(200);
    assertThat(page.body().get("item")).hasSize(3);
    Answer rest = console.get("/apikeys?limit=3&position=" + page.text("position")).ok(200);
    assertThat(rest.body().get("item")).hasSize(2);
    assertThat(rest.body().has("position")).isFalse();
    assertThat(console.get("/apikeys?name=n1").body().get("item")).hasSize(2);
    assertThat(console.get("/apikeys?limit=0").status()).isEqualTo(400);
  }

  @Test
  void aPlanOpensStagesToItsKeys() {
    String api = console.httpApi();
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\":\"s\"}").ok(201);
    Answer none =
        console.post(
            "/usageplans",
            "{\"name\":\"p\",\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"t\"}]}".formatted(api));
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text("message"))
        .startsWith("Invalid API Stage {api: " + api + ", stage: t} specified for usageplan ");
    Answer plan =
        console
            .post(
                "/usageplans",
                """
                {"name":"p","throttle":{"rateLimit":1.5,"burstLimit":2},
                 "quota":{"limit":10,"period":"WEEK","offset":1}}\
                """)
            .ok(201);
    String path = "/usageplans/" + plan.text("id");
    Answer patched =
        console
            .patch(
                path,
                """
                {"patchOperations":[
                  {"op":"add","path":"/apiStages","value":"%s:s"},
                  {"op":"replace","path":"/quota/limit","value":"20"},
                  {"op":"replace","path":"/apiStages/%s:s/throttle/GET ~1a/rateLimit","value":"3"},
                  {"op":"remove","path":"/throttle"}]}\
                """
                    .formatted(api, api))
            .ok(200);
    assertThat(patched.body().at("/apiStages/0/throttle/GET ~1a/rateLimit").asDouble())
        .isEqualTo(3);
    assertThat(patched.body().at("/quota/limit").asInt()).isEqualTo(20);
    assertThat(patched.body().has("throttle")).isFalse();

    String key = console.post("/apikeys", "{\"value\":\"" + VALUE + "\"}").text("id");
    String member = "{\"keyId\":\"%s\",\"keyType\":\"API_KEY\"}".formatted(key);
    Answer added = console.post(path + "/keys", member).ok(201);
    assertThat(added.text("value")).isEqualTo(VALUE);
    assertThat(console.post(path + "/keys", member).status()).isEqualTo(409);
    assertThat(console.get("/usageplans?keyId=" + key).body().get("item")).hasSize(1);
    assertThat(console.get(path + "/keys").body().get("item")).hasSize(1);
    Answer usage = console.get(path + "/usage?startDate=2026-11-22&endDate=2026-11-22").ok(200);
    assertThat(usage.body().at("/values/" + key)).hasToString("[[0,20]]");
    Answer granted =
        console
            .patch(
                path + "/keys/" + key + "/usage",
                "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/remaining\",\"value\":\"7\"}]}")
            .ok(200);
    assertThat(granted.body().at("/values/" + key)).hasToString("[[0,7]]");
    console.delete("/apikeys/" + key).ok(202);
    assertThat(console.get(path + "/keys").body().get("item")).isEmpty();
    console.delete(path).ok(202);
    assertThat(console.get(path).text("message")).isEqualTo("Invalid Usage Plan ID specified");
  }

  @Test
  void keysAndPlansHaveTags() {
    String key = console.post("/apikeys", "{\"tags\":{\"a\":\"1\"}}").ok(201).text("id");
    String plan = console.post("/usageplans", "{\"name\":\"p\"}").ok(201).text("id");
    for (String resource : new String[] {"/apikeys/" + key, "/usageplans/" + plan}) {
      String path = "/tags/arn:aws:apigateway:us-east-1::" + resource;
      console.ask("PUT", path, "{\"tags\":{\"a\":\"2\",\"b\":\"3\"}}").ok(204);
      assertThat(console.get(path).ok(200).is("{\"tags\":{\"a\":\"2\",\"b\":\"3\"}}")).isTrue();
      console.delete(path + "?tagKeys=a").ok(204);
      assertThat(console.get(resource).ok(200).body().at("/tags")).hasToString("{\"b\":\"3\"}");
    }
    assertThat(console.get("/tags/arn:aws:apigateway:us-east-1::/apikeys/none").status())
        .isEqualTo(404);
    assertThat(console.get("/apikeys?includeValues=true").body().at("/item/0/value").asString())
        .as("a tagged key keeps the value that nobody else may have")
        .hasSize(40);
  }

  @Test
  void aRoutesLimitIsPatchedWithSlashesAsTheyAre() {
    String api = console.httpApi();
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\":\"s\"}").ok(201);
    String stages = "\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"s\"}]".formatted(api);
    String plan = console.post("/usageplans", "{\"name\":\"p\"," + stages + "}").text("id");
    String stage = "/apiStages/" + api + ":s/throttle";
    String patch = "{\"patchOperations\":[{\"op\":\"%s\",\"path\":\"%s\",\"value\":\"5\"}]}";
    String path = "/usageplans/" + plan;
    Answer set =
        console.patch(path, patch.formatted("replace", stage + "//pets/GET/rateLimit")).ok(200);
    assertThat(set.body().at("/apiStages/0/throttle").toString())
        .isEqualTo("{\"/pets/GET\":{\"rateLimit\":5.0}}");
    Answer removed = console.patch(path, patch.formatted("remove", stage + "//pets/GET")).ok(200);
    assertThat(removed.body().at("/apiStages/0/throttle")).isEmpty();
    assertThat(console.patch(path, patch.formatted("add", stage + "//pets/GET")).status())
        .isEqualTo(400);
  }

  @Test
  void aFileOfKeysIsImported() {
    String plan = console.post("/usageplans", "{\"name\":\"p\"}").text("id");
    String file =
        "Name,key,Enabled,usageplanIds,more\n"
            + "one,%s,FALSE,%s,x\n".formatted(VALUE, plan)
            + "two,a-second-value-of-enough,true,\"%s,none\"\n".formatted(plan)
            + "three,short,true\n";
    Answer made = console.post("/apikeys?mode=import&format=csv", file).ok(201);
    assertThat(made.body().get("ids")).hasSize(2);
    assertThat(made.body().get("warnings")).hasSize(2);
    assertThat(console.get("/usageplans/" + plan + "/keys").body().get("item")).hasSize(2);
    String first = "/apikeys/" + made.body().at("/ids/0").asString();
    assertThat(console.get(first).body().get("enabled").asBoolean()).isFalse();
    String again = "key,name\n" + VALUE + ",renamed\n";
    Answer changed = console.post("/apikeys?mode=import&format=csv", again).ok(201);
    assertThat(changed.body().at("/ids/0")).isEqualTo(made.body().at("/ids/0"));
    assertThat(console.get(first).text("name")).isEqualTo("renamed");
    assertThat(console.post("/apikeys?mode=import&format=csv&failonwarnings=true", file).status())
        .isEqualTo(400);
    assertThat(console.get(first).text("name")).isEqualTo("renamed");
    assertThat(console.post("/apikeys?mode=import&format=csv", "a,b\n1,2").status()).isEqualTo(400);
  }

  @Test
  void quotasAreBounded() {
    for (String quota :
        new String[] {
          "{\"limit\":0,\"period\":\"DAY\"}",
          "{\"limit\":1}",
          "{\"limit\":1,\"period\":\"DAY\",\"offset\":1}",
          "{\"limit\":1,\"period\":\"WEEK\",\"offset\":7}"
        }) {
      assertThat(console.post("/usageplans", "{\"name\":\"p\",\"quota\":" + quota + "}").status())
          .as(quota)
          .isEqualTo(400);
    }
  }
}
