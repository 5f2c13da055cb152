package zoom;

import settings.ZoomSettings.Plan;

/**
 * Zoom's classes of calls, with what each plan allows an account (section 1.7 of the contract on
 * outside services).
 */
enum RateLabel {
  LIGHT,
  MEDIUM;

  /** Calls a second. */
  int perSecond(Plan plan) {
    return switch (plan) {
      case FREE -> this == LIGHT ? 4 : 2;
      case PRO -> this == LIGHT ? 30 : 20;
      case BUSINESS -> this == LIGHT ? 80 : 60;
    };
  }

  /** Calls a day (UTC), 0 for as many as one likes. */
  int perDay(Plan plan) {
    return plan == Plan.FREE ? (this == LIGHT ? 6_000 : 2_000) : 0;
  }

  /** The lower-case word in tables and metrics. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
