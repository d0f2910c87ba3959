package dev.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.RouteKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final String[] DOCUMENTED = {
    "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"
  };

  @Test
  void theDocumentedExamplesMeetTheDocumentedRoutes() {
    RouteTable<String> table = table(DOCUMENTED);
    assertThat(route(table, "GET", "/pets/dog/1")).isEqualTo("GET /pets/dog/1 []");
    assertThat(route(table, "GET", "/pets/dog/2")).isEqualTo("GET /pets/dog/{id} [2]");
    assertThat(route(table, "GET", "/pets/cat/1")).isEqualTo("GET /pets/{proxy+} [cat/1]");
    assertThat(route(table, "POST", "/test/5")).isEqualTo("ANY /{proxy+} [test/5]");
  }

  @Test
  void defaultTakesWhatNoOtherRouteDoes() {
    RouteTable<String> table = table("GET /pets", "$default");
    assertThat(route(table, "POST", "/test/5")).isEqualTo("$default []");
    assertThat(route(table("GET /pets"), "GET", "/other")).isEqualTo("none");
  }

  @Test
  void greedyPathLosesToExactPath() {
    RouteTable<String> table = table("GET /{a+}", "GET /x/{b}/y");
    assertThat(route(table, "GET", "/x/1/y")).isEqualTo("GET /x/{b}/y [1]");
    assertThat(route(table, "GET", "/x/1/z")).isEqualTo("GET /{a+} [x/1/z]");
  }

  @Test
  void literalBeatsVariableFromTheLeft() {
    RouteTable<String> table = table("GET /{a}/b", "GET /a/{b}");
    assertThat(route(table, "GET", "/a/b")).isEqualTo("GET /a/{b} [b]");
    assertThat(route(table, "GET", "/x/b")).isEqualTo("GET /{a}/b [x]");
  }

  @Test
  void aDeadEndBehindALiteralFallsBackToTheVariable() {
    RouteTable<String> table = table("GET /a/x", "GET /{p}/{q}");
    assertThat(route(table, "GET", "/a/y")).isEqualTo("GET /{p}/{q} [a, y]");
  }

  @Test
  void exactMethodBeatsAnyOnTheSamePath() {
    RouteTable<String> table = table("GET /pets", "ANY /pets");
    assertThat(route(table, "GET", "/pets")).isEqualTo("GET /pets []");
    assertThat(route(table, "PUT", "/pets")).isEqualTo("ANY /pets []");
    assertThat(route(table, "PROPFIND", "/pets")).isEqualTo("ANY /pets []");
  }

  @Test
  void anotherMethodOnTheSamePathFallsThrough() {
    RouteTable<String> table = table("GET /pets", "ANY /{proxy+}");
    assertThat(route(table, "POST", "/pets")).isEqualTo("ANY /{proxy+} [pets]");
    assertThat(route(table("GET /pets"), "POST", "/pets")).isEqualTo("none");
    assertThat(route(table("GET /pets"), "HEAD", "/pets")).isEqualTo("none");
  }

  @Test
  void theGreedyRouteWithTheLongestPrefixWins() {
    RouteTable<String> table = table("ANY /{a+}", "ANY /x/{b}/{c+}", "ANY /x/{d+}");
    assertThat(route(table, "GET", "/x/1/2/3")).isEqualTo("ANY /x/{b}/{c+} [1, 2/3]");
    assertThat(route(table, "GET", "/x/1")).isEqualTo("ANY /x/{d+} [1]");
    assertThat(route(table, "GET", "/y")).isEqualTo("ANY /{a+} [y]");
  }

  @Test
  void slashesAtTheEndCountAndRepeatedOnesDoNot() {
    RouteTable<String> table = table("GET /pets", "GET /pets/{proxy+}", "GET /");
    assertThat(route(table, "GET", "//pets")).isEqualTo("GET /pets []");
    assertThat(route(table, "GET", "/pets/")).isEqualTo("GET /pets/{proxy+} []");
    assertThat(route(table("GET /pets"), "GET", "/pets/")).isEqualTo("none");
    assertThat(route(table, "GET", "/")).isEqualTo("GET / []");
    assertThat(route(table("ANY /{proxy+}"), "GET", "/")).isEqualTo("none");
  }

  @Test
  void pathsAreCaseSensitive() {
    assertThat(route(table("GET /pets"), "GET", "/Pets")).isEqualTo("none");
  }

  @Test
  void aChangedTableLeavesTheOldOneAsItWas() {
    RouteTable<String> before = table("GET /a/{b}", "GET /a/c", "ANY /{d+}", "$default");
    RouteTable<String> after = before;
    for (String gone : new String[] {"GET /a/{b}", "ANY /{d+}", "$default"}) {
      after = after.without(key(gone));
    }
    after = after.with(key("PUT /a/c"), "PUT /a/c");
    assertThat(route(before, "GET", "/a/x")).isEqualTo("GET /a/{b} [x]");
    assertThat(route(before, "PUT", "/a/c")).isEqualTo("ANY /{d+} [a/c]");
    assertThat(route(after, "GET", "/a/x")).isEqualTo("none");
    assertThat(route(after, "GET", "/a/c")).isEqualTo("GET /a/c []");
    assertThat(route(after, "PUT", "/a/c")).isEqualTo("PUT /a/c []");
  }

  private static RouteTable<String> table(String... keys) {
    RouteTable<String> table = RouteTable.empty();
    for (String key : keys) {
      table = table.with(key(key), key);
    }
    return table;
  }

  private static RouteKey key(String text) {
    return switch (RouteKey.parse(text)) {
      case RouteKey.Valid(RouteKey key) -> key;
      case RouteKey.Invalid(RouteKey.Flaw flaw) -> throw new AssertionError(text + ": " + flaw);
    };
  }

  private static String route(RouteTable<String> table, String method, String path) {
    RouteTable.Match<String> match = table.match(method, path);
    if (match == null) {
      return "none";
    }
    List<String> values = match.values();
    return match.route() + " " + values;
  }
}
