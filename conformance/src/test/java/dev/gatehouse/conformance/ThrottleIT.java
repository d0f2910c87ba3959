package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;

class ThrottleIT {

  @Test
  @Vector("H100")
  void aRateOfZeroLetsNoneInUntilItIsLifted() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
        assertThat(api.get("/x").status()).isEqualTo(200);
        set(gw.control(), api, 0, 0);
        Reply refused = api.get("/x");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(refused.headers("retry-after")).isEmpty();
        set(gw.control(), api, 1_000, 100);
        assertThat(api.get("/x").status()).isEqualTo(200);
      }
    });
  }

  private static void set(Control control, HttpApi api, int rate, int burst) throws Exception {
    String json =
        "{\"defaultRouteSettings\":{\"throttlingRateLimit\":%d,\"throttlingBurstLimit\":%d}}";
    String path = api.path("/stages/%24default");
    assertThat(control.patch(path, json.formatted(rate, burst)).status()).isEqualTo(200);
  }

  @Test
  @Vector("H101")
  void aBurstOfOneLetsOneInAtATime() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x", "GET /y");
        api.serve();
        String json =
            """
            {"routeSettings":{"GET /x":{"throttlingRateLimit":0.001,"throttlingBurstLimit":1}}}\
            """;
        String path = api.path("/stages/%24default");
        assertThat(gw.control().patch(path, json).status()).isEqualTo(200);
        assertThat(api.get("/x").status()).isEqualTo(200);
        assertThat(api.get("/x").status()).isEqualTo(429);
        assertThat(api.get("/y").status()).isEqualTo(200);
        assertThat(gw.control().patch(path, "{\"description\":\"d\"}").status()).isEqualTo(200);
        assertThat(api.get("/x").status()).isEqualTo(429);
      }
    });
  }
}
