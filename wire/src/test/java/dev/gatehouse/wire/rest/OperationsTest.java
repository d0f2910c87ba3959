package dev.gatehouse.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.ServiceException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final Operations operations = Operations.load();

  private Operations.Match match(String method, String path) {
    return operations.match(method, path).orElseThrow();
  }

  @Test
  void theTableHasEveryOperation() {
    assertThat(operations.all()).hasSize(103);
    assertThat(operations.all().stream().map(Operation::name).distinct()).hasSize(103);
  }

  @Test
  void methodAndPathFindTheOperation() {
    assertThat(match("GET", "/v2/apis").operation().name()).isEqualTo("GetApis");
    Operations.Match match = match("PATCH", "/v2/apis/a1/routes/r1");
    assertThat(match.operation().name()).isEqualTo("UpdateRoute");
    assertThat(match.path()).isEqualTo(Map.of("apiId", "a1", "routeId", "r1"));
  }

  @Test
  void whatIsNotInTheTableMatchesNothing() {
    assertThat(operations.match("GET", "/v2/nothing")).isEmpty();
    assertThat(operations.match("PUT", "/v2/apis/a/routes")).isEmpty();
    assertThat(operations.match("GET", "/v2/apis/")).isEmpty();
    assertThat(operations.match("GET", "/v2/apis//routes")).isEmpty();
    assertThat(operations.match("GET", "/")).isEmpty();
    assertThat(operations.match("OPTIONS", "*")).isEmpty();
  }

  @Test
  void parametersAreDecodedOnce() {
    assertThat(match("DELETE", "/v2/apis/a/stages/s/routesettings/GET%20%2Fpets").path())
        .containsEntry("routeKey", "GET /pets");
    assertThat(match("GET", "/v2/domainnames/%2A.example.com").path())
        .containsEntry("domainName", "*.example.com");
    assertThat(match("GET", "/v2/apis/%2524/stages/a+b").path())
        .containsEntry("apiId", "%24")
        .containsEntry("stageName", "a+b");
  }

  @Test
  void tagArnsMayComeWithRawSlashes() {
    for (String arn :
        new String[] {
          "arn:aws:apigateway:us-east-1::/apis/a",
          "arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapis%2Fa"
        }) {
      Operations.Match match = match("GET", "/v2/tags/" + arn);
      assertThat(match.operation().name()).isEqualTo("GetTags");
      assertThat(match.path())
          .containsEntry("resource-arn", "arn:aws:apigateway:us-east-1::/apis/a");
    }
  }

  @Test
  void malformedPercentEncodingIsRefused() {
    for (String path : new String[] {"/v2/apis/%", "/v2/apis/%4", "/v2/apis/%zz", "/v2/apis/%ff"}) {
      assertThatThrownBy(() -> operations.match("GET", path))
          .isInstanceOfSatisfying(
              ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
  }
}
