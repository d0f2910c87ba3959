package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.SelectionExpression.Literal;
import dev.gatehouse.model.SelectionExpression.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionExpressionTest {

  @Test
  void aBareVariableEndsWhereNoNameGoesOn() {
    assertThat(parts("$request.body.a/b"))
        .containsExactly(new Variable("request.body.a"), new Literal("/b"));
    assertThat(parts("$request.body['a b']"))
        .containsExactly(new Variable("request.body['a"), new Literal(" b']"));
  }

  @Test
  void bracesHoldAnything() {
    assertThat(parts("${request.body['a b']}-${request.body.c}"))
        .containsExactly(
            new Variable("request.body['a b']"), new Literal("-"), new Variable("request.body.c"));
  }

  @Test
  void textStandsForItselfAndADollarSignIsEscaped() {
    assertThat(parts("action")).containsExactly(new Literal("action"));
    assertThat(parts("\\$default")).containsExactly(new Literal("$default"));
    assertThat(parts("a\\b{}")).containsExactly(new Literal("a\\b{}"));
    assertThat(parts("")).isEmpty();
  }

  @Test
  void aDollarSignAloneIsNothing() {
    for (String bad : new String[] {"$", "a$", "$ a", "${}", "${a", "$$", "\\\\$"}) {
      boolean parsed = SelectionExpression.parse(bad).isPresent();
      assertThat(parsed).as(bad).isEqualTo(bad.equals("\\\\$"));
    }
  }

  private static List<SelectionExpression.Part> parts(String text) {
    return SelectionExpression.parse(text).orElseThrow().parts();
  }
}
