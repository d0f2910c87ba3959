package dev.gatehouse.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rates of a whole account. Off until switched on, one by one or all by {@code profile: aws}.
 *
 * @param account requests to all APIs of an account and region
 * @param control calls of the control API of an account and region
 */
public record RateSettings(boolean asAws, Rate account, Rate control) {
  /** No limit. */
  public static final int NONE = Integer.MAX_VALUE;

  static final RateSettings OFF =
      new RateSettings(false, new Rate(NONE, NONE), new Rate(NONE, NONE));

  /** AWS's (http-api.md 10.1, control-plane.md section 1 [C]). */
  private static final RateSettings AWS =
      new RateSettings(true, new Rate(10_000, 5_000), new Rate(10, 40));

  /**
   * How much gets through.
   *
   * @param rate requests a second
   * @param burst requests at once
   */
  public record Rate(int rate, int burst) {

    /** Whether anything is limited. */
    public boolean isOn() {
      return rate != NONE || burst != NONE;
    }

    private static Rate read(Section section, Rate usual) {
      Kind<Integer> number = Kind.numberOrNone(1, NONE);
      return new Rate(
          section.get("rate", number, usual.rate), section.get("burst", number, usual.burst));
    }

    private Map<String, Object> text() {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("rate", rate == NONE ? "none" : rate);
      text.put("burst", burst == NONE ? "none" : burst);
      return text;
    }
  }

  static RateSettings read(Section file) {
    boolean asAws = file.get("profile", Kind.oneOf(Map.of("local", false, "aws", true)), false);
    RateSettings usual = asAws ? AWS : OFF;
    return new RateSettings(
        asAws,
        file.section("account-throttle", section -> Rate.read(section, usual.account)),
        file.section("control-throttle", section -> Rate.read(section, usual.control)));
  }

  void describe(Map<String, Object> text) {
    text.put("profile", asAws ? "aws" : "local");
    text.put("account-throttle", account.text());
    text.put("control-throttle", control.text());
  }
}
