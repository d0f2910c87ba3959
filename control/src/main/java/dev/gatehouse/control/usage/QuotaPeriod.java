package dev.gatehouse.control.usage;

import dev.gatehouse.model.UsagePlan.Quota;
import java.time.LocalDate;

/** When the period of a quota began: days in UTC, weeks from Sunday, months from the first [L]. */
final class QuotaPeriod {
  private static final int WEEK = 7;

  /** 1970 began on a Thursday, the fourth day after a Sunday. */
  private static final int FIRST_WEEKDAY = 4;

  private QuotaPeriod() {}

  /** The first day of the period that a day is in. */
  static long start(Quota quota, long day) {
    int offset = quota.offset() == null ? 0 : quota.offset();
    return switch (quota.period()) {
      case "WEEK" -> day - Math.floorMod(day + FIRST_WEEKDAY - offset, WEEK);
      case "MONTH" -> {
        LocalDate date = LocalDate.ofEpochDay(day).minusDays(offset);
        yield date.withDayOfMonth(1).plusDays(offset).toEpochDay();
      }
      default -> day;
    };
  }
}
