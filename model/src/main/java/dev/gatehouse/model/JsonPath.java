package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value stands in a JSON body: member names and indexes, one below the other, as in {@code
 * items[0].name}. No search at any depth and no filters, as AWS has neither (http-api.md 8.3 [C]).
 *
 * @param steps empty for the whole body
 */
public record JsonPath(List<Step> steps) {
  /** The whole body. */
  public static final JsonPath WHOLE = new JsonPath(List.of());

  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<name>[^.\\[\\]'\"*?()@]+)|\\[(?<index>\\d{1,9})]|\\['(?<quoted>[^']+)']");

  /** One step down. */
  public sealed interface Step {}

  /** The member of an object. */
  public record Member(String name) implements Step {}

  /** The element of an array. */
  public record Index(int index) implements Step {}

  /** Parses a path; empty where it is none, or one that AWS does not follow. */
  public static Optional<JsonPath> parse(String text) {
    if (text.isEmpty()) {
      return Optional.of(WHOLE);
    }
    String dotted = text.startsWith("[") ? text : "." + text;
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(dotted);
    while (step.lookingAt()) {
      steps.add(step(step));
      step.region(step.end(), dotted.length());
    }
    return step.regionStart() == dotted.length()
        ? Optional.of(new JsonPath(List.copyOf(steps)))
        : Optional.empty();
  }

  /** As it is configured, from the dot or bracket on. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Index(int index) -> text.append('[').append(index).append(']');
        case Member(String name) when name.indexOf('.') < 0 -> text.append('.').append(name);
        case Member(String name) -> text.append("['").append(name).append("']");
      }
    }
    return text.toString();
  }

  private static Step step(Matcher step) {
    if (step.group("index") != null) {
      return new Index(Integer.parseInt(step.group("index")));
    }
    String name = step.group("name");
    return new Member(name == null ? step.group("quoted") : name);
  }
}
