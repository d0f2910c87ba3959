package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tokens of an identity provider that is not ours, got as clients get them. */
class IdentityProviderIT {
  private static final String MAPPING =
      "{\"append:header.x-sub\":\"$context.authorizer.claims.sub\"}";

  @TempDir Path directory;

  /** The access token that a client gets for itself. */
  private static String token(String issuer, String client, String scope) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI discovery = URI.create(issuer + "/.well-known/openid-configuration");
      JsonNode document =
          Reply.parse(
              http.send(HttpRequest.newBuilder(discovery).build(), BodyHandlers.ofString()).body());
      String form =
          "grant_type=client_credentials&client_id=%s&client_secret=s&scope=%s"
              .formatted(client, scope);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(document.path("token_endpoint").asString()))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build();
      String answer = http.send(request, BodyHandlers.ofString()).body();
      String token = Reply.parse(answer).path("access_token").asString();
      assertThat(token).as(answer).isNotEmpty();
      return token;
    }
  }

  private static Reply get(HttpApi api, String token) throws IOException {
    return api.get("/x", "Authorization: Bearer " + token);
  }

  @Test
  void itsTokensOpenRoutesAndThoseOfItsOtherTenantsDoNot() throws Exception {
    MockOAuth2Server provider = new MockOAuth2Server();
    provider.start(InetAddress.getByName("127.0.0.1"), 0);
    String issuer = provider.issuerUrl("acme").toString();
    String good = token(issuer, "shop", "orders"); // its first answer takes longer than AWS waits
    String configuration = "issuers: {'%1$s': '%1$s'}".formatted(issuer);
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"), configuration);
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      String url = api.url(backend.url(), 30_000, MAPPING);
      api.guard("GET /x", url, "JWT", api.jwt(issuer, "orders")).serve();
      assertThat(get(api, good).status()).isEqualTo(200);
      assertThat(backend.taken().headers().get("x-sub")).containsExactly("shop");

      assertRefused(get(api, token(issuer, "shop", "stock")), "valid audience");
      String tenant = provider.issuerUrl("evil").toString();
      assertRefused(get(api, token(tenant, "shop", "orders")), "kid");
      String expired =
          provider
              .anyToken(provider.issuerUrl("acme"), Map.of("aud", "orders"), Duration.ofSeconds(-1))
              .serialize();
      assertRefused(get(api, expired), "expired");
    } finally {
      provider.shutdown();
    }
  }

  private static void assertRefused(Reply reply, String why) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(401);
    assertThat(reply.header("www-authenticate").orElseThrow()).contains(why);
  }
}
