package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What holds of a server whose disk takes no more. */
public final class FullDisk {
  private FullDisk() {}

  /** Writes get a clear error and leave nothing; what is there is read and served as before. */
  public static void assertRefusesWritesOnly(Control control, HttpApi api) throws IOException {
    String before = control.get(api.path("")).text();
    int routes = control.get(api.path("/routes")).json().path("items").size();
    for (int i = 0; i < 3; i++) {
      Reply refused = control.patch(api.path(""), "{\"description\":\"" + "x".repeat(1000) + "\"}");
      assertThat(refused.status()).as("%s", refused).isEqualTo(503);
      assertThat(refused.header("x-amzn-errortype").orElse(""))
          .isEqualTo("ServiceUnavailableException");
      assertThat(refused.json().path("message").asString()).contains("could not be stored");
      assertThat(control.post(api.path("/routes"), "{\"routeKey\":\"GET /no\"}").status())
          .isEqualTo(503);
      assertThat(control.get(api.path("")).text()).isEqualTo(before);
      assertThat(control.get(api.path("/routes")).json().path("items")).hasSize(routes);
      assertThat(api.get("/x").status()).isEqualTo(200);
    }
  }

  /** With room again everything is as if nothing had been. */
  public static void assertWritesAgain(Control control, HttpApi api) throws IOException {
    Reply written = control.patch(api.path(""), "{\"description\":\"room\"}");
    assertThat(written.status()).as("%s", written).isEqualTo(200);
    assertThat(control.get(api.path("")).json().path("description").asString()).isEqualTo("room");
    assertThat(api.get("/x").status()).isEqualTo(200);
  }
}
